/** Makes the right thing of files that are dropped on the canvas or pasted. */
import type { EditorParts } from "../app/editor-parts.ts";

// TO BE REPLACED: stands in until formats are read.
export async function importDrop(_parts: EditorParts, _from: DataTransfer | readonly File[], _at: { x: number; y: number }): Promise<void> {}
