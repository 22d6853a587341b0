/** How probable it is that two faces are one person. */
import type { ReactNode } from "react";
import { ScalarView } from "../tensor/ScalarView.tsx";
import type { ViewOf } from "../view-props.ts";
import { Pair } from "./Pair.tsx";
import "./distance.css";

export function ProbabilityView({ value: { data }, node, large }: ViewOf<"tensor">): ReactNode {
  if (data.length === 1) return <Pair node={node}><One probability={data[0]!} /></Pair>;
  return (
    <ol className="pb-distances">
      {Array.from(data.subarray(0, large ? 500 : 8), (p, i) => (
        <li key={i} data-same={p >= 0.5 || undefined}>
          <span className="pb-distances-name">pair {i + 1}</span>
          <span className="pb-distances-track" aria-hidden><i style={{ width: `${100 * p}%` }} /></span>
          <span className="pb-distances-number">{percent(p)}</span>
        </li>
      ))}
    </ol>
  );
}

function One({ probability }: { probability: number }): ReactNode {
  if (!(probability >= 0 && probability <= 1)) return <ScalarView value={probability} />;
  const same = probability >= 0.5;
  return (
    <div className="pb-decision pb-probability" data-same={same || undefined}>
      <p className="pb-decision-word">{percent(probability)}</p>
      <div className="pb-decision-bar" aria-hidden>
        <i style={{ left: 0, width: `${100 * probability}%` }} />
        <b style={{ left: "50%" }} />
      </div>
      <p className="pb-view-note">{same ? "likely the same person" : "likely different people"}</p>
    </div>
  );
}

const percent = (p: number): string => (p > 0 && p < 0.001 ? "< 0.1 %" : p < 1 && p > 0.999 ? "> 99.9 %" : `${Number((100 * p).toPrecision(3))} %`);
