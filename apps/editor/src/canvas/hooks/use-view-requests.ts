/** Does what the rest of the editor asks of the view: fit, zoom, show a node. */
import { useReactFlow, type FitViewOptions } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { commentKey } from "../flow/flow-types.ts";

export const FIT: FitViewOptions = { padding: 0.1, minZoom: 0.05, maxZoom: 1 };

export function useViewRequests(): void {
  const flow = useReactFlow();
  const view = useEditorState((s) => s.ui.view);
  const selection = useEditorState((s) => s.selection);
  const done = useRef(0);
  useEffect(() => {
    if (view.request === done.current) return;
    const first = done.current === 0;
    done.current = view.request;
    const duration = first || matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 220;
    const { target } = view;
    switch (target.kind) {
      case "fit":
        // Once what was just opened is drawn with its real sizes.
        requestAnimationFrame(() => void flow.fitView({ ...FIT, duration }));
        break;
      case "selection": {
        const nodes = [...[...selection.nodes].map((id) => ({ id })), ...[...selection.comments].map((id) => ({ id: commentKey(id) }))];
        void flow.fitView({ ...FIT, duration, padding: 0.2, maxZoom: 1.25, ...(nodes.length ? { nodes } : {}) });
        break;
      }
      case "node": {
        const node = flow.getInternalNode(target.id);
        if (!node) break;
        const { x, y } = node.internals.positionAbsolute;
        void flow.setCenter(x + (node.measured.width ?? 0) / 2, y + (node.measured.height ?? 0) / 2, { zoom: Math.max(0.75, Math.min(1.25, flow.getZoom())), duration });
        requestAnimationFrame(() => document.querySelector<HTMLElement>(`.pb-node[data-node="${CSS.escape(target.id)}"]`)?.focus({ preventScroll: true }));
        break;
      }
      case "zoom":
        void flow.zoomTo(flow.getZoom() * target.by, { duration: duration ? 120 : 0 });
    }
  }, [view, flow, selection]);
}
