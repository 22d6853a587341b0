/** The menu of the secondary button, of a long touch and of the menu key: about what is under it. */
import { useReactFlow } from "@xyflow/react";
import { useRef, type ReactElement, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { canvasMenu, commentMenu, nodeMenu, wireMenu } from "../commands/menus.tsx";
import { ContextMenuArea, type MenuItem } from "../ui/Menu.tsx";

export function CanvasMenu({ children }: { children: ReactElement }): ReactNode {
  const parts = useEditor();
  const flow = useReactFlow();
  const items = useRef<() => readonly MenuItem[]>(() => []);
  return (
    <ContextMenuArea
      items={() => items.current()}
      onOpen={({ clientX, clientY, target }) => {
        const { editor } = parts;
        const element = target as Element;
        const { selection } = editor.store.getState();
        const node = element.closest<HTMLElement>("[data-node]")?.dataset["node"];
        const comment = element.closest<HTMLElement>("[data-comment]")?.dataset["comment"];
        const wire = element.closest<HTMLElement>(".react-flow__edge")?.dataset["id"] ?? element.closest<HTMLElement>("[data-wire-inspect]")?.dataset["wireInspect"];
        if (node !== undefined) {
          if (!selection.nodes.has(node)) editor.select({ nodes: [node] });
          items.current = () => nodeMenu(parts, node);
        } else if (comment !== undefined) {
          if (!selection.comments.has(comment)) editor.select({ comments: [comment] });
          items.current = () => commentMenu(parts, comment);
        } else if (wire !== undefined) {
          if (!selection.wires.has(wire)) editor.select({ wires: [wire] });
          items.current = () => wireMenu(parts, wire);
        } else {
          const at = flow.screenToFlowPosition({ x: clientX, y: clientY });
          items.current = () => canvasMenu(parts, at);
        }
      }}
    >
      {children}
    </ContextMenuArea>
  );
}
