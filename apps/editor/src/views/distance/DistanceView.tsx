/** How far two encodings are apart, between their two faces; of many pairs a bar each. */
import { useMemo, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { thresholdAfter } from "../graph/walk.ts";
import { ofFlat } from "../state/of-flat.ts";
import { ScalarView } from "../tensor/ScalarView.tsx";
import type { ViewOf } from "../view-props.ts";
import { DistanceBars } from "./DistanceBars.tsx";
import { Gauge } from "./Gauge.tsx";
import { Pair } from "./Pair.tsx";
import "./distance.css";

export function DistanceView({ value, node, large }: ViewOf<"tensor">): ReactNode {
  const threshold = useEditorState(useMemo(() => ofFlat((flat) => thresholdAfter(flat, node)), [node]));
  const { data } = value;
  if (data.length !== 1) {
    const most = large ? 500 : 8;
    return (
      <>
        <DistanceBars rows={Array.from(data.subarray(0, most), (distance, i) => ({ name: `pair ${i + 1}`, distance }))} threshold={threshold} />
        {data.length > most ? <p className="pb-view-note">and {data.length - most} more</p> : null}
      </>
    );
  }
  const distance = data[0]!;
  if (!(distance >= 0)) return <ScalarView value={distance} name="distance" />;
  return <Pair node={node}><Gauge distance={distance} threshold={threshold} /></Pair>;
}
