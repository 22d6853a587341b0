/** A graph that came from a file, opened: as a new graph of this browser, or in an embedded editor in the place of the one it shows. */
import type { EditorParts } from "../app/editor-parts.ts";
import { fileUses, listItems, listText, withFiles } from "./file-uses.ts";
import type { ImportedGraph } from "./import-graph.ts";

export async function openImported({ editor, files, workspace }: EditorParts, { document, files: given, losses }: ImportedGraph, name?: string): Promise<void> {
  const stem = name?.replace(/^.*\//, "").replace(/\.[^.]*$/, "");
  const titled = document.title || !stem ? document : { ...document, title: stem };
  if (workspace) await workspace.create(titled, { files: given });
  else {
    // The host's files may have others under these names.
    const renamed = new Map<string, string>();
    for (const [path, bytes] of given) renamed.set(path, await files.add(path, bytes));
    const moved = (value: string): string => listText(listItems(value).map((item) => ({ ...item, reference: renamed.get(item.reference) ?? item.reference })));
    const uses = new Map(fileUses(titled, editor.registry).map((use) => [use.value, use.kind === "list" ? moved(use.value) : renamed.get(use.value)]));
    editor.open(withFiles(titled, editor.registry, (use) => uses.get(use.value)));
  }
  if (losses.length) editor.notify({ kind: "warning", text: `${losses.length === 1 ? "A part" : `${losses.length} parts`} of the graph could not be read and ${losses.length === 1 ? "is" : "are"} left out. ${losses[0]}` });
}
