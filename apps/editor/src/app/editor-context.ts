/** Hands the editor to components, and lets them subscribe to parts of its state. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { EditorState } from "../model/editor-state.ts";
import type { EditorParts } from "./editor-parts.ts";

export const EditorContext = createContext<EditorParts | null>(null);

/** The editor, its engine, its files and its storage. */
export function useEditor(): EditorParts {
  const parts = useContext(EditorContext);
  if (!parts) throw new Error("This component is used outside <PatchbayEditor>.");
  return parts;
}

/** Draws again when what `select` returns is another thing (`Object.is`): return something that keeps its identity. */
export function useEditorState<T>(select: (state: EditorState) => T): T {
  return useStore(useEditor().editor.store, select);
}
