/** Things that are dropped on the canvas from outside: a node type from the library, files from the desktop. */
import { useReactFlow } from "@xyflow/react";
import type { RunnableNode } from "@patchbay/runtime";
import { useMemo, type DragEvent, type HTMLAttributes } from "react";
import type { EditorParts } from "../../app/editor-parts.ts";
import { importDrop } from "../../formats/import-drop.ts";
import { bodyAt, wireOfKey } from "../../model/document-view.ts";
import { addNode, type Made } from "../../model/edits/add-node.ts";
import { insertOnWire } from "../../model/edits/insert-on-wire.ts";
import type { CanvasParts } from "../canvas-context.ts";
import type { Point } from "../connect/nearest-port.ts";
import { HEADER, NODE_WIDTH } from "../flow/measures.ts";
import { useDropOnWire } from "./use-drop-on-wire.ts";

/** What the library hands over: the node's type as text. */
export const NODE_MIME = "application/x-patchbay-node";
const NOWHERE: Point = { x: 0, y: 0 };

/** For the canvas as a whole: also what lies over it, such as the hints of an empty one, takes what is dropped. */
export function useCanvasDrop(parts: EditorParts, canvas: Pick<CanvasParts, "flow" | "dropWire">): Pick<HTMLAttributes<HTMLElement>, "onDragOver" | "onDragLeave" | "onDrop"> {
  const flow = useReactFlow();
  const onWire = useDropOnWire(canvas);
  const { dropWire } = canvas;
  return useMemo(() => {
    const { editor } = parts;
    const place = (event: DragEvent): { x: number; y: number } => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const reach = (): number => 28 / flow.getZoom();
    const inserted = (key: string, declaration: RunnableNode, corner: Point): Made | null => {
      const { history, scope, inference } = editor.store.getState();
      return insertOnWire(history.document, scope, editor.registry, inference, wireOfKey(key), declaration, corner);
    };
    /** The type that is being dragged, where the library said so. */
    const dragged = (types: readonly string[]): RunnableNode | undefined => {
      const named = types.find((type) => type.startsWith(`${NODE_MIME}.`))?.slice(NODE_MIME.length + 1);
      return named === undefined ? undefined : editor.registry.declarations.find(({ type }) => type.toLowerCase() === named);
    };
    return {
      onDragOver(event) {
        const { types } = event.dataTransfer;
        if (!types.includes(NODE_MIME) && !types.includes("Files")) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        if (!types.includes(NODE_MIME)) return;
        const near = onWire.wireAt(place(event), reach());
        const declaration = dragged(types);
        const key = near !== null && declaration && !inserted(near, declaration, NOWHERE) ? null : near;
        if (dropWire.getState().key !== key) dropWire.setState({ key });
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
        const { history, scope } = editor.store.getState();
        const body = bodyAt(history.document, scope);
        if (!declaration || !body) return;
        const corner = { x: at.x - NODE_WIDTH / 2, y: at.y - HEADER / 2 };
        const key = onWire.wireAt(at, reach());
        const between = key === null ? null : inserted(key, declaration, corner);
        const made = between ?? addNode(body, declaration, corner);
        editor.edit(made.changes, { label: between ? `Insert ${declaration.title} into a wire` : `Add ${declaration.title}` });
        editor.select({ nodes: [made.id] });
      },
    };
  }, [parts, onWire, dropWire, flow]);
}
