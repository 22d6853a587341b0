/** Takes hold of what is dropped or pasted while its event lasts; what becomes of it is loaded with the first drop. */
import type { Position } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { readDropped } from "./dropped-files.ts";

export interface DropOptions {
  /** Dropped on this node of the scope: a parameter of it is set, where one fits. */
  readonly node?: string;
}

/** Whether something came of it. Everything that can go wrong is said in a notice. */
export async function importDrop(parts: EditorParts, source: DataTransfer | readonly File[], at: Position, options: DropOptions = {}): Promise<boolean> {
  const [dropped, { importDropped }] = await Promise.all([readDropped(source), import("./import-dropped.ts")]);
  return importDropped(parts, dropped, at, options);
}
