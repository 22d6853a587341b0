/** Does what the rest of the editor asks of the view: fit, zoom, show a node. */
import { useReactFlow, useStoreApi, type FitViewOptions, type Transform } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { commentKey } from "../flow/flow-types.ts";

/** Below is room for what lies over the canvas there. */
export const FIT: FitViewOptions = { padding: { x: "20px", top: "20px", bottom: "60px" }, minZoom: 0.05, maxZoom: 1 };

export function useViewRequests(): void {
  const flow = useReactFlow();
  useKeepFitted();
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
        // Once what was just opened is drawn with its real sizes. Of an empty canvas the library would fit the first node that is put there, whenever that is.
        requestAnimationFrame(() => flow.getNodes().length && void flow.fitView({ ...FIT, duration }));
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
        if (!target.focused) requestAnimationFrame(() => document.querySelector<HTMLElement>(`.pb-node[data-node="${CSS.escape(target.id)}"]`)?.focus({ preventScroll: true }));
        break;
      }
      case "viewport":
        void flow.setViewport(target.viewport, { duration: 0 });
        break;
      case "zoom":
        void flow.zoomTo(flow.getZoom() * target.by, { duration: duration ? 120 : 0 });
    }
  }, [view, flow, selection]);
}

/** For how long after a fit nodes still grow to what is in them, and panels find their places. */
const SETTLING = 2500;

/** A graph that was just opened stays fitted while panels and nodes come to their sizes, until somebody moves the view or edits it. */
function useKeepFitted(): void {
  const { editor } = useEditor();
  const store = useStoreApi();
  const flow = useReactFlow();
  const request = useEditorState((s) => (s.ui.view.target.kind === "fit" ? s.ui.view.request : -1));
  useEffect(() => {
    if (request < 0) return;
    const until = performance.now() + SETTLING;
    let fitted: Transform | null = null;
    let before = "";
    let timer = 0;
    const { document } = editor.store.getState().history;
    const fit = async (): Promise<void> => {
      const { transform } = store.getState();
      if (editor.store.getState().history.document !== document) return end();
      // Somebody has looked elsewhere since.
      if (fitted && transform.some((value, i) => Math.abs(value - fitted![i]!) > 0.01)) return end();
      await flow.fitView(FIT);
      fitted = store.getState().transform;
    };
    const end = store.subscribe((s) => {
      if (performance.now() > until) return end();
      const { x, y, width, height } = flow.getNodesBounds([...s.nodeLookup.values()]);
      const now = [s.width, s.height, x, y, width, height].map(Math.round).join();
      if (now === before || s.nodeLookup.size === 0) return;
      before = now;
      clearTimeout(timer);
      timer = setTimeout(() => void fit(), 60) as unknown as number;
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [request, store, flow, editor]);
}
