/** Things that are dropped on the canvas from outside: a node type from the library, files from the desktop. */
import { useReactFlow } from "@xyflow/react";
import { useMemo, type DragEvent, type HTMLAttributes } from "react";
import type { EditorParts } from "../../app/editor-parts.ts";
import { importDrop } from "../../formats/import-drop.ts";
import { bodyAt, wireOfKey } from "../../model/document-view.ts";
import { addNode } from "../../model/edits/add-node.ts";
import { insertOnWire } from "../../model/edits/insert-on-wire.ts";
import type { CanvasParts } from "../canvas-context.ts";
import { HEADER, NODE_WIDTH } from "../flow/measures.ts";
import { useDropOnWire } from "./use-drop-on-wire.ts";

/** What the library hands over: the node's type as text. */
export const NODE_MIME = "application/x-patchbay-node";

/** For the canvas as a whole: also what lies over it, such as the hints of an empty one, takes what is dropped. */
export function useCanvasDrop(parts: EditorParts, canvas: Pick<CanvasParts, "flow" | "dropWire">): Pick<HTMLAttributes<HTMLElement>, "onDragOver" | "onDragLeave" | "onDrop"> {
  const flow = useReactFlow();
  const onWire = useDropOnWire(canvas);
  const { dropWire } = canvas;
  return useMemo(() => {
    const { editor } = parts;
    const place = (event: DragEvent): { x: number; y: number } => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const reach = (): number => 28 / flow.getZoom();
    return {
      onDragOver(event) {
        const { types } = event.dataTransfer;
        if (!types.includes(NODE_MIME) && !types.includes("Files")) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        // Which type it is cannot be read before it is dropped; the wire says at least where it would go.
        if (types.includes(NODE_MIME)) {
          const key = onWire.wireAt(place(event), reach());
          if (dropWire.getState().key !== key) dropWire.setState({ key });
        }
      },
      onDragLeave(event) {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) dropWire.setState({ key: null });
      },
      onDrop(event) {
        const at = place(event);
        const type = event.dataTransfer.getData(NODE_MIME);
        dropWire.setState({ key: null });
        if (!type) {
          if (!event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          const node = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-node]")?.dataset["node"] : undefined;
          void importDrop(parts, event.dataTransfer, at, node === undefined ? {} : { node });
          return;
        }
        event.preventDefault();
        const declaration = editor.registry.get(type);
        const { history, scope, inference } = editor.store.getState();
        const body = bodyAt(history.document, scope);
        if (!declaration || !body) return;
        const corner = { x: at.x - NODE_WIDTH / 2, y: at.y - HEADER / 2 };
        const key = onWire.wireAt(at, reach());
        const inserted = key === null ? null : insertOnWire(history.document, scope, editor.registry, inference, wireOfKey(key), declaration, corner);
        const made = inserted ?? addNode(body, declaration, corner);
        editor.edit(made.changes, { label: inserted ? `Insert ${declaration.title} into a wire` : `Add ${declaration.title}` });
        editor.select({ nodes: [made.id] });
      },
    };
  }, [parts, onWire, dropWire, flow]);
}
