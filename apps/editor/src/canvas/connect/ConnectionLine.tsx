/** The wire that is being drawn, and why it cannot end where it is aimed at. */
import { getBezierPath, Position, useStoreApi, ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useCanvas } from "../canvas-context.ts";

export function ConnectionLine(): ReactNode {
  const { drawing, pointer, target } = useStore(useCanvas().connection.store);
  const flow = useStoreApi();
  if (!drawing) return null;
  const end = target ?? pointer;
  const out = drawing.side === "output";
  const [path] = getBezierPath({
    sourceX: drawing.start.x, sourceY: drawing.start.y, sourcePosition: out ? Position.Right : Position.Left,
    targetX: end.x, targetY: end.y, targetPosition: out ? Position.Left : Position.Right, curvature: 0.3,
  });
  const zoom = flow.getState().transform[2];
  return (
    <ViewportPortal>
      <svg className="pb-connection" data-kind={drawing.kind} data-ok={target ? (target.ok ? "yes" : "no") : undefined} aria-hidden="true">
        <path d={path} />
        <circle cx={end.x} cy={end.y} r={target?.ok ? 6 : 4} />
      </svg>
      {target && !target.ok && target.reason ? (
        <div className="pb-connection-why" style={{ transform: `translate(${target.x}px, ${target.y}px) scale(${1 / zoom}) translate(${out ? "-100%" : "0"}, 0) translate(${out ? -16 : 16}px, -50%)`, transformOrigin: "0 0" }}>{target.reason}</div>
      ) : null}
    </ViewportPortal>
  );
}
