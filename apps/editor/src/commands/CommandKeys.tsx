/** Listens for the shortcuts of all commands, for the clipboard, and for where the pointer is. Draws nothing. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { importDrop } from "../formats/import-drop.ts";
import { usePortal } from "../ui/portal.ts";
import { followActive, takesKeys } from "./active-editor.ts";
import { setCanvasView } from "./canvas-view.ts";
import { carriesGraphOrFiles, copiedText, cutText, pastePlace, pasteText } from "./clipboard.ts";
import { commands, isEnabled, runCommand } from "./commands.ts";
import { isForControl, isForField } from "./key-target.ts";
import { matchesKey } from "./match-key.ts";

/** The browser's own events do these, without asking whether a page may read the clipboard. */
const BY_EVENT = new Set(["cut", "copy", "paste"]);
/** What goes on while a key is held down. */
const REPEATS = /^(undo|redo|zoom-in|zoom-out|move-)/;

export function CommandKeys(): ReactNode {
  const parts = useEditor();
  const root = usePortal();
  const flow = useReactFlow();
  const store = useStoreApi();

  useEffect(() => {
    if (!root) return;
    const page = root.ownerDocument;
    const endActive = followActive(root);

    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || !takesKeys(root, event.target) || isForControl(event)) return;
      // Whoever had the key before may have moved the focus into a field, so that the letter is typed there.
      const field = isForField(event.target) || isForField(page.activeElement);
      const found = commands.find((command) => (!field || command.inFields) && !BY_EVENT.has(command.id) && command.keys?.some((keys) => matchesKey(event, keys)) && isEnabled(command, parts));
      if (!found) return;
      event.preventDefault();
      if (!event.repeat || REPEATS.test(found.id)) void runCommand(found, parts);
    };
    const clip = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || !event.clipboardData || !takesKeys(root, event.target) || isForField(event.target)) return;
      if (event.type === "paste") {
        if (pasteText(parts, event.clipboardData.getData("text/plain"))) event.preventDefault();
        else if (carriesGraphOrFiles(event.clipboardData)) {
          event.preventDefault();
          void importDrop(parts, event.clipboardData, pastePlace(parts));
        }
        return;
      }
      // Text that is marked on the page is what somebody wants to copy.
      if (page.getSelection()?.toString()) return;
      const text = event.type === "cut" ? cutText(parts) : copiedText(parts);
      if (text === null) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    };
    page.addEventListener("keydown", press);
    for (const type of ["copy", "cut", "paste"] as const) page.addEventListener(type, clip);
    return () => {
      endActive();
      page.removeEventListener("keydown", press);
      for (const type of ["copy", "cut", "paste"] as const) page.removeEventListener(type, clip);
    };
  }, [root, parts]);

  useEffect(() => {
    if (!root) return;
    let over: { x: number; y: number } | null = null;
    const follow = (event: PointerEvent): void => {
      over = event.target instanceof Element && event.target.closest(".pb-canvas") ? { x: event.clientX, y: event.clientY } : null;
    };
    const lose = (): void => void (over = null);
    root.addEventListener("pointermove", follow, { passive: true });
    root.addEventListener("pointerdown", follow, { passive: true });
    root.addEventListener("pointerleave", lose);
    setCanvasView(parts.editor, {
      root,
      sizes: () => new Map([...store.getState().nodeLookup].map(([id, node]) => [id, { width: node.measured.width ?? 0, height: node.measured.height ?? 0 }])),
      middle() {
        const { transform: [x, y, zoom], width, height } = store.getState();
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
      },
      pointer: () => over && { at: flow.screenToFlowPosition(over, { snapToGrid: false }), screen: over },
    });
    return () => {
      root.removeEventListener("pointermove", follow);
      root.removeEventListener("pointerdown", follow);
      root.removeEventListener("pointerleave", lose);
    };
  }, [root, parts, flow, store]);

  return null;
}
