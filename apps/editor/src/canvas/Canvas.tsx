/** The canvas: nodes and wires of the scope that is shown, and everything that hands can do to them. */
import { useStoreApi } from "@xyflow/react";
import { useEffect, useMemo, useRef, type ReactNode } from "react";
import { createStore } from "zustand/vanilla";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { bodyAt } from "../model/document-view.ts";
import { EmptyHints } from "../tour/EmptyHints.tsx";
import { AroundCanvas } from "./around/AroundCanvas.tsx";
import { CanvasTip } from "./around/CanvasTip.tsx";
import { Spoken } from "./around/Spoken.tsx";
import { CanvasContext, createSpoken, type CanvasParts, type DetailState } from "./canvas-context.ts";
import { CanvasMenu } from "./CanvasMenu.tsx";
import { createConnection } from "./connect/connection.ts";
import type { NodeLookup } from "./connect/nearest-port.ts";
import { FlowArea } from "./FlowArea.tsx";
import { createFlow } from "./flow/create-flow.ts";
import { useCanvasDrop } from "./hooks/use-canvas-drop.ts";
import { useFollowView } from "./hooks/use-follow-view.ts";
import { usePinch } from "./hooks/use-pinch.ts";
import { useScrollPanning } from "./hooks/use-scroll-panning.ts";
import { useViewRequests } from "./hooks/use-view-requests.ts";
import { useWireDrawing } from "./hooks/use-wire-drawing.ts";
import { useCanvasKeys } from "./keyboard/use-canvas-keys.ts";
import { useEnteredNode } from "./keyboard/use-entered-node.ts";
import "./canvas.css";

export function Canvas(): ReactNode {
  const editorParts = useEditor();
  const { editor } = editorParts;
  const store = useStoreApi();
  const area = useRef<HTMLElement>(null);
  const end = useRef<HTMLSpanElement>(null);
  const { parts, announce } = useMemo(() => {
    const { spoken, announce } = createSpoken();
    const parts: CanvasParts = {
      flow: createFlow(editor),
      connection: createConnection(editor, () => store.getState().nodeLookup as unknown as NodeLookup, announce),
      detail: createStore<DetailState>(() => ({ full: new Set(), entered: null })),
      dragMode: createStore<{ drag: "pan" | "select" }>(() => ({ drag: "pan" })),
      dropWire: createStore<{ key: string | null }>(() => ({ key: null })),
      spoken,
    };
    return { parts, announce };
  }, [editor, store]);
  const { flow, connection, detail } = parts;
  const empty = useEditorState((s) => bodyAt(s.history.document, s.scope)?.nodes.length === 0);

  useEffect(() => flow.follow(), [flow]);
  useEffect(
    () =>
      connection.store.subscribe((s) => {
        const { drawing } = s;
        if (!area.current) return;
        if (drawing) area.current.dataset["connecting"] = drawing.side;
        else delete area.current.dataset["connecting"];
      }),
    [connection],
  );
  // Another graph or another place in it: what was begun here is over.
  const scope = useEditorState((s) => s.scope);
  useEffect(() => () => connection.cancel(), [scope, connection]);
  useFollowView(area, parts);
  useWireDrawing(area, editor, connection);
  useScrollPanning(area);
  usePinch(area);
  useViewRequests();
  const drop = useCanvasDrop(editorParts, parts);
  useCanvasKeys({ area, end, editor, flow, connection, detail, announce });
  useEnteredNode(area, detail);

  return (
    <CanvasContext value={parts}>
      <CanvasMenu>
        <main ref={area} className="pb-canvas" role="region" aria-label="Canvas" aria-describedby="pb-canvas-help" tabIndex={0} data-far="no" data-labels="on" {...drop}>
          <span id="pb-canvas-help" className="pb-visually-hidden">Arrow keys go from node to node, Enter goes into a node, Escape leaves it.</span>
          <FlowArea />
          <span ref={end} tabIndex={-1} className="pb-visually-hidden" />
          {empty ? <EmptyHints /> : null}
          <AroundCanvas area={area} />
          <CanvasTip area={area} />
          <Spoken />
        </main>
      </CanvasMenu>
    </CanvasContext>
  );
}
