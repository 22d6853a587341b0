/** A point that a wire is led through: one small dot that is both a port to pull from and a handle to move by. */
import type { NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { prefixOf } from "../../model/document-view.ts";
import { portKind } from "../../model/port-kind.ts";
import type { CardNode } from "../flow/flow-types.ts";
import { useDotFits } from "./use-dot-fits.ts";
import "./node.css";

export const RerouteDot = memo(
  function RerouteDot({ data: { node, ports }, selected }: NodeProps<CardNode>): ReactNode {
    const input = ports.inputs[0]?.name ?? "in";
    const output = ports.outputs[0]?.name ?? "out";
    const kind = useEditorState((s) => portKind(s.inference.types.get(`${prefixOf(s.scope)}${node.id}.${output}`)));
    const fit = useDotFits(node.id);
    return (
      <div role="group" tabIndex={-1} className="pb-reroute" aria-label={`Reroute point, ${node.id}${selected ? ", selected" : ""}`} data-node={node.id} data-selected={selected || undefined} data-kind={kind} data-fit={fit} data-muted={node.muted || undefined}>
        <button type="button" tabIndex={-1} className="pb-reroute-port target nodrag nopan" data-handleid={input} data-handlepos="left" data-port={input} data-side="input" aria-label={`Input ${input} of reroute point ${node.id}`} />
        <span className="pb-reroute-dot" />
        <button type="button" tabIndex={-1} className="pb-reroute-port source nodrag nopan" data-handleid={output} data-handlepos="right" data-port={output} data-side="output" aria-label={`Output ${output} of reroute point ${node.id}`} data-tip="Pull a wire from here" />
      </div>
    );
  },
  (a, b) => a.data === b.data && a.selected === b.selected,
);
