/** A network: what it takes and gives, its layers, how many weights it has, and its files to take along. */
import { Download } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import type { EditorParts } from "../../app/editor-parts.ts";
import type { NetworkInside } from "../../engine/engine.ts";
import { Button } from "../../ui/Button.tsx";
import { sizeText } from "../../ui/size-text.ts";
import { formatCount } from "../numbers/format-number.ts";
import type { ViewOf } from "../view-props.ts";
import { networkFiles, saveNetworkFile } from "./network-files.ts";
import "./network.css";

const ROWS = 200;

type Looked = { readonly state: "waiting" | "gone" } | { readonly state: "known"; readonly inside: NetworkInside } | { readonly state: "refused"; readonly reason: string };

export function NetworkView({ value, shown, valueKey, title, large }: ViewOf<"network">): ReactNode {
  const parts = useEditor();
  const looked = useInside(parts, valueKey, value, shown.value !== undefined);
  const inside = looked.state === "known" ? looked.inside : null;
  const bytes = value.files.reduce((n, f) => n + f.bytes.length, 0);
  return (
    <div className="pb-network" data-large={large || undefined}>
      <h4 title={value.network}>{value.title}</h4>
      <p className="pb-network-flow pb-mono">
        <span title="What it takes">{shapeText(inside?.input ?? [null, ...value.input.shape])}</span>
        <span aria-label="gives">→</span>
        <span title={`What it gives${value.meaning ? `: an ${value.meaning}` : ""}`}>{inside?.output ? shapeText(inside.output) : value.output}</span>
      </p>
      <p className="pb-view-note">
        {inside ? `${formatCount(inside.layers.length)} layers, ${formatCount(inside.numbers)} weights in ${formatCount(inside.tensors)} tensors, ` : ""}
        {sizeText(bytes)}{value.classes?.length ? `, ${formatCount(value.classes.length)} classes` : ""}
      </p>
      {inside?.opaque ? <p className="pb-view-note">It runs as a whole: {inside.opaque}</p> : null}
      {looked.state === "waiting" ? <p className="pb-view-note">Looking inside…</p> : looked.state === "refused" ? <p className="pb-view-note">{looked.reason}</p> : null}
      {inside?.layers.length ? <Layers inside={inside} title={title} large={large} /> : null}
      <div className="pb-network-files">
        {networkFiles(value).map((file) => <Button key={file} label={file === "onnx" ? "ONNX" : file === "tfjs" ? "TensorFlow.js" : "safetensors"} icon={<Download />} className="pb-button nodrag" onClick={() => void saveNetworkFile(parts, valueKey, value, file)} />)}
      </div>
    </div>
  );
}

function Layers({ inside: { layers }, title, large }: { inside: NetworkInside; title: string; large: boolean | undefined }): ReactNode {
  return (
    <div className="pb-table nowheel nodrag" tabIndex={0} role="region" aria-label={`Layers of ${title}`}>
      <table>
        <thead><tr><th scope="col">layer</th><th scope="col">operator</th><th scope="col">{large ? "channels" : "ch."}</th>{large ? <th scope="col">shape</th> : null}</tr></thead>
        <tbody>
          {layers.slice(0, ROWS).map(({ name, op, channels, shape }) => (
            <tr key={name}>
              <td title={name}>{name}</td>
              <td>{op}</td>
              <td data-number>{channels ?? ""}</td>
              {large ? <td>{shape ? shapeText(shape) : ""}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      {layers.length > ROWS ? <p className="pb-view-note">and {formatCount(layers.length - ROWS)} more layers</p> : null}
    </div>
  );
}

/** `n × 112 × 112 × 3` */
const shapeText = (shape: readonly (number | null)[]): string => `[${shape.map((d, i) => d ?? (i === 0 ? "N" : "?")).join(",")}]`;

/** The engine looks, so that the page goes on meanwhile. */
function useInside({ engine }: EditorParts, key: string, value: ViewOf<"network">["value"], whole: boolean): Looked {
  const [looked, setLooked] = useState<Looked & { readonly of?: string }>({ state: "waiting" });
  useEffect(() => {
    let current = true;
    engine.network(key, whole ? value : undefined).then(
      (inside) => current && setLooked(inside ? { state: "known", inside, of: value.network } : { state: "gone", of: value.network }),
      (error: unknown) => current && setLooked({ state: "refused", reason: error instanceof Error ? error.message : String(error), of: value.network }),
    );
    return () => void (current = false);
    // One network has one id.
  }, [engine, key, value.network]);
  return looked.of === value.network ? looked : { state: "waiting" };
}
