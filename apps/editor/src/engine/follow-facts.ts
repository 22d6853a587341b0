/** Finds out what types need to know of the files that the document names, whenever it names new ones. */
import type { Editor } from "../model/editor.ts";
import type { GraphFiles } from "../storage/graph-files.ts";

/** Returns how to end it. */
export function followFacts(_editor: Editor, _files: GraphFiles, _assets: string): () => void {
  return () => {};
}
