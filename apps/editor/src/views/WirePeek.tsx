/** What a wire carries, at a glance: a small picture and the range of its numbers. */
import { useMemo, type ReactNode } from "react";
import { formatType } from "@patchbay/graph-core";
import { useEditorState } from "../app/editor-context.ts";
import { PixelCanvas } from "./image/PixelCanvas.tsx";
import { pagesOf } from "./image/pages-of.ts";
import { formatNumber } from "./numbers/format-number.ts";
import { sizeText } from "../ui/size-text.ts";
import { Sparkline } from "./tensor/Sparkline.tsx";
import "./node-view.css";
import "./tensor/tensor.css";
import "./inspect/inspect.css";

/** `flatKey`: the output at the wire's beginning, `node.port`. */
export function WirePeek({ flatKey }: { flatKey: string }): ReactNode {
  const shown = useEditorState((s) => s.run.values.get(s.inference.flat.outputAliases.get(flatKey) ?? flatKey));
  const type = useEditorState((s) => s.inference.types.get(s.inference.flat.outputAliases.get(flatKey) ?? flatKey));
  const picture = useMemo(() => shown && (shown.summary.thumbnail ?? (shown.value && pagesOf(shown.value)?.image(0))), [shown]);
  const value = shown?.value;
  const tensor = shown?.summary.tensor;
  return (
    <div className="pb-peek">
      <p><b>{type ? formatType(type) : (shown?.summary.kind ?? "Nothing yet")}</b></p>
      {picture ? <PixelCanvas image={picture} label="What the wire carries" longest={256} /> : null}
      {value?.kind === "series" && value.curves.length ? <Sparkline curves={value.curves.map((c) => c.values)} label="Curves" logarithmic="auto" /> : null}
      {value?.kind === "text" ? <p>{value.text.slice(0, 200)}</p> : null}
      {value?.kind === "identity" ? <p>{value.name ?? "Not recognised"}, distance {formatNumber(value.distance, 3)}</p> : null}
      {value?.kind === "decision" ? <p>{value.same ? "Same person" : "Different people"}, distance {formatNumber(value.distance, 3)}</p> : null}
      {tensor ? <p>{tensor.shape.length === 0 ? formatNumber(tensor.mean, 6) : `${formatNumber(tensor.min)} … ${formatNumber(tensor.max)}, mean ${formatNumber(tensor.mean)}`}</p> : null}
      <p>{shown ? `${sizeText(shown.summary.bytes)}${shown.fresh ? "" : ", changed since"}` : "It has no value yet: run the graph to see it."}</p>
    </div>
  );
}
