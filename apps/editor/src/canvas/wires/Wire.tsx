/** A wire: in the colour of what flows, with its type on it, red with the reason where it does not fit. */
import { Eye } from "lucide-react";
import { EdgeLabelRenderer, getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { prefixOf } from "../../model/document-view.ts";
import { useCanvas } from "../canvas-context.ts";
import type { FlowWire } from "../flow/flow-types.ts";
import { wireLabel } from "./wire-label.ts";
import "./wire.css";

const STEEP = 180;

export const Wire = memo(
  function Wire({ id, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data: given }: EdgeProps<FlowWire>): ReactNode {
    const { connection, dropWire, detail, flow } = useCanvas();
    // From where it is known first: React Flow hands it on later.
    const data = useStore(flow.facts, (s) => s.get(id)) ?? given;
    // Between boxes a wire is a line and nothing else: no text to set, no wide stroke to aim at.
    const close = useStore(detail, (s) => s.full.has(source) || s.full.has(target));
    const [near, setNear] = useState(false);
    const detached = useStore(connection.store, (s) => s.drawing?.detached != null && s.drawing.detached.from === data!.wire.from && s.drawing.detached.to === data!.wire.to);
    const hovered = useStore(dropWire, (s) => s.key === id);
    const [path, x, y] = getBezierPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, curvature: 0.3 });
    const { label, kind, problem, running, muted } = data!;
    // A steep wire has its middle between rows of nodes, and room to its sides, only where it is long.
    const [across, down] = [Math.abs(targetX - sourceX), Math.abs(targetY - sourceY)];
    const distance = down < STEEP ? across : Math.max(across, down * 0.8);
    const lines = problem ? [] : wireLabel(label, distance);
    return (
      <g
        className="pb-wire"
        data-kind={kind}
        data-from={data!.wire.from}
        data-problem={problem !== null || undefined}
        data-running={running || undefined}
        data-muted={muted || undefined}
        data-selected={selected || undefined}
        data-detached={detached || undefined}
        data-drop={hovered || undefined}
        data-tip={problem ?? undefined}
        onMouseEnter={() => setNear(true)}
        onMouseLeave={() => setNear(false)}
      >
        <path className="pb-wire-line" d={path} />
        {running ? <path className="pb-wire-flow" d={path} /> : null}
        {close ? <path className="pb-wire-reach" d={path} /> : null}
        {close && lines.length ? (
          <text className="pb-wire-label" x={x} y={y} dy="0.34em" data-lines={lines.length}>
            {lines.length === 1 ? lines[0] : lines.map((line, i) => <tspan key={i} x={x} y={y + (i ? 10 : -10)} dy="0.34em">{line}</tspan>)}
          </text>
        ) : null}
        {close && problem ? <Why text={problem} x={x} y={y} width={Math.min(240, Math.max(96, distance - 20))} /> : null}
        {near ? <Grips id={id} from={[sourceX, sourceY]} to={[targetX, targetY]} /> : null}
        {selected ? (
          <WhenAlone>
            {near ? null : <Grips id={id} from={[sourceX, sourceY]} to={[targetX, targetY]} />}
            <Inspect id={id} x={x} y={y} from={data!.wire.from} />
          </WhenAlone>
        ) : null}
      </g>
    );
  },
  (a, b) => a.data === b.data && a.selected === b.selected && a.sourceX === b.sourceX && a.sourceY === b.sourceY && a.targetX === b.targetX && a.targetY === b.targetY,
);

/** What is offered about one wire would only be in the way where many are chosen. */
function WhenAlone({ children }: { children: ReactNode }): ReactNode {
  const alone = useEditorState(({ selection }) => selection.wires.size === 1 && selection.nodes.size === 0);
  return alone ? children : null;
}

/** Ends that are pulled off and put elsewhere. */
const Grips = ({ id, from, to }: { id: string; from: readonly [number, number]; to: readonly [number, number] }): ReactNode => (
  <>
    <circle className="pb-wire-grip nopan" data-grip="source" data-wire={id} cx={from[0] + 10} cy={from[1]} r={7} />
    <circle className="pb-wire-grip nopan" data-grip="target" data-wire={id} cx={to[0] - 10} cy={to[1]} r={7} />
  </>
);

/** The sentence on a wire that does not fit: over it, as narrow as the gap lets it be. Screen readers have it from the wire's name. */
const Why = ({ text, x, y, width }: { text: string; x: number; y: number; width: number }): ReactNode => (
  <EdgeLabelRenderer>
    <div className="pb-wire-why" aria-hidden="true" style={{ width, transform: `translate(${x}px, ${y}px) translate(-50%, calc(-100% - 8px))` }}>{text}</div>
  </EdgeLabelRenderer>
);

function Inspect({ id, x, y, from }: { id: string; x: number; y: number; from: string }): ReactNode {
  const { editor } = useEditor();
  return (
    <EdgeLabelRenderer>
      <button
        type="button"
        className="pb-wire-inspect nodrag nopan"
        style={{ transform: `translate(-50%, 10px) translate(${x}px, ${y}px)` }}
        data-wire-inspect={id}
        onClick={() => editor.setUi({ dialog: { id: "inspect-value", key: prefixOf(editor.store.getState().scope) + from } })}
      >
        <Eye aria-hidden /> Inspect value
      </button>
    </EdgeLabelRenderer>
  );
}
