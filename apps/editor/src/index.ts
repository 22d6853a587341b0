/** The editor as a React component, for other programs. */
export { PatchbayEditor, type PatchbayEditorProps } from "./PatchbayEditor.tsx";
export { withNodes } from "./engine/with-nodes.ts";
export { createMemoryFiles } from "./storage/memory-files.ts";
export type { EditorParts } from "./app/editor-parts.ts";
export type { Engine, RunOutcome } from "./engine/engine.ts";
export type { RunControl } from "./engine/run-control.ts";
export type { ExampleEntry } from "./examples/example-entry.ts";
export type { Editor } from "./model/editor.ts";
export type { EditorState } from "./model/editor-state.ts";
export type { GraphFiles } from "./storage/graph-files.ts";
