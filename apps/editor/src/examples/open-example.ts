/** Opens an example as a new graph of one's own and runs it at once. */
import { parseGraph } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import type { ExampleEntry } from "./example-entry.ts";

export async function openExample({ editor, run, workspace }: EditorParts, example: ExampleEntry): Promise<void> {
  try {
    const { document, diagnostics } = parseGraph(await example.load(), { registry: editor.registry });
    if (!document) throw new Error(diagnostics[0]?.message ?? "Its file cannot be read.");
    run.stop();
    if (workspace) await workspace.create(document);
    else editor.open(document);
    editor.setUi({ dialog: null });
    run.start();
  } catch (error) {
    editor.notify({ kind: "error", text: `“${example.title}” could not be opened: ${error instanceof Error ? error.message : String(error)}`, action: { title: "Try again", run: () => void openExample({ editor, run, workspace } as EditorParts, example) } });
  }
}
