/** What menus, shortcuts and dialogs do with a graph as a file, a picture, a program or a command. */
import type { GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { commandLine } from "./command-line.ts";
import { download } from "./download.ts";
import { exportGraph, type ExportedGraph, type ExportOptions } from "./export-graph.ts";
import { knownFile } from "./file-kind.ts";
import { fileStem } from "./file-name.ts";
import { openImported } from "./open-imported.ts";
import { readPackageFile } from "./package-file.ts";
import type { Shell } from "./shell-words.ts";
import { typescriptSnippet } from "./snippet.ts";

export type JsonOptions = Partial<Pick<ExportOptions, "form" | "packages" | "encodings">>;

const documentOf = ({ editor }: EditorParts): GraphDocument => editor.store.getState().history.document;
const blobOf = (bytes: Uint8Array, type: string): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
const typeOf = (kind: "json" | "zip"): string => (kind === "json" ? "application/json" : "application/zip");

export function exported(parts: EditorParts, options: JsonOptions = {}): Promise<ExportedGraph> {
  const { editor, files, assets } = parts;
  return exportGraph(documentOf(parts), { registry: editor.registry, files, form: "self-contained", readPackage: (specifier) => readPackageFile(assets, specifier), ...options });
}

/** Downloads the graph as JSON, or as a zip where JSON cannot hold its pictures. */
export const exportJson = (parts: EditorParts, options: JsonOptions = {}): Promise<void> =>
  said(parts, async () => {
    const { bytes, kind, name, notes } = await exported(parts, options);
    download(blobOf(bytes, typeOf(kind)), name);
    tell(parts, notes);
  });

/** Writes the graph to its file on disk: the one it came from, or one that is chosen now. */
export const saveToFile = (parts: EditorParts): Promise<void> =>
  said(parts, async () => {
    const { editor, workspace } = parts;
    const known = await workspace?.fileHandle();
    const picker = (globalThis as { showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle> }).showSaveFilePicker;
    // The browser asks only within the key press or click: it is asked before the file is made.
    const stem = fileStem(documentOf(parts).title);
    const handle = known && (await mayWrite(known)) ? known : picker ? await picker({ suggestedName: `${stem}.json`, types: FILE_TYPES }).catch(cancelled) : undefined;
    if (handle === null) return;
    const { bytes, kind, name, notes } = await exported(parts);
    if (!handle) {
      download(blobOf(bytes, typeOf(kind)), name);
      return tell(parts, notes);
    }
    if (!handle.name.toLowerCase().endsWith(`.${kind}`)) {
      download(blobOf(bytes, typeOf(kind)), name);
      return tell(parts, [`The graph could not be written to “${handle.name}”, since it is a ${kind} now; it was downloaded instead.`, ...notes]);
    }
    const file = await handle.createWritable();
    await file.write(blobOf(bytes, typeOf(kind)));
    await file.close();
    await workspace?.setFileHandle(handle);
    editor.notify({ kind: "success", text: `Saved to “${handle.name}”.` });
    tell(parts, notes);
  });

/** Opens a graph from a file on disk; saving writes to that file again. */
export const openFromFile = (parts: EditorParts): Promise<void> =>
  said(parts, async () => {
    const picker = (globalThis as { showOpenFilePicker?: (options: object) => Promise<FileSystemFileHandle[]> }).showOpenFilePicker;
    const handle = picker ? await picker({ types: FILE_TYPES }).then(([first]) => first ?? null, cancelled) : undefined;
    if (handle === null) return;
    const file = handle ? await handle.getFile() : await chosenFile();
    if (!file) return;
    const known = await knownFile(file.name, file, parts.editor.registry);
    if (known.kind !== "graph") {
      parts.editor.notify({ kind: "warning", text: (known.kind === "unknown" && known.problem) || `“${file.name}” holds no graph: a graph is a .json or .zip file, or a PNG that was exported from here.` });
      return;
    }
    await openImported(parts, known.graph, file.name);
    // A picture is not written over.
    if (handle && !/\.png$/i.test(file.name)) await parts.workspace?.setFileHandle(handle);
  });

/** Downloads a picture of the canvas that carries the graph. */
export const exportPng = (parts: EditorParts, options: { scale?: number; graph?: boolean } = {}): Promise<void> =>
  said(parts, async () => {
    const { editor } = parts;
    const text = "The picture of the graph is being drawn …";
    editor.notify({ kind: "info", text });
    try {
      const { canvasPicture } = await import("./canvas-png.ts");
      // What says that it takes a moment is shown before it does.
      await new Promise((resolve) => setTimeout(resolve, 50));
      download(await canvasPicture(parts, options), `${fileStem(documentOf(parts).title)}.png`);
    } finally {
      for (const notice of editor.store.getState().ui.notices) if (notice.text === text) editor.dismiss(notice.id);
    }
  });

/** Downloads the compiled pipeline; what stayed outside of it is told and returned. */
export const exportOnnx = async (parts: EditorParts): Promise<readonly string[]> => {
  let notes: readonly string[] = [];
  await said(parts, async () => {
    const made = await parts.engine.exportOnnx(documentOf(parts));
    download(blobOf(made.bytes, "application/octet-stream"), `${fileStem(documentOf(parts).title)}.onnx`);
    notes = made.notes;
    tell(parts, notes);
  });
  return notes;
};

/** `missing`: as for the command. */
export function snippetText(parts: EditorParts, { missing = [] }: { missing?: readonly string[] } = {}): string {
  const { registry, store } = parts.editor;
  return typescriptSnippet(documentOf(parts), { registry, file: `${fileStem(documentOf(parts).title)}.json`, missing, types: store.getState().inference.types });
}

/** `missing`: files that the exported graph names and does not hold. */
export function commandText(parts: EditorParts, { shell = "posix", missing = [] }: { shell?: Shell; missing?: readonly string[] } = {}): string {
  const { registry, store } = parts.editor;
  return commandLine(documentOf(parts), { registry, shell, file: `${fileStem(documentOf(parts).title)}.json`, missing, types: store.getState().inference.types });
}

export const copyCommandLine = (parts: EditorParts, shell: Shell = "posix"): Promise<void> => copyText(parts, commandText(parts, { shell }), "The command is on the clipboard: it runs the graph's exported file.");
export const copySnippet = (parts: EditorParts): Promise<void> => copyText(parts, snippetText(parts), "The program is on the clipboard: it runs the graph's exported file.");

export const copyText = (parts: EditorParts, text: string, done: string): Promise<void> =>
  said(parts, async () => {
    await navigator.clipboard.writeText(text);
    parts.editor.notify({ kind: "success", text: done });
  });

const FILE_TYPES = [{ description: "Patchbay graph", accept: { "application/json": [".json"], "application/zip": [".zip"], "image/png": [".png"] } }];

/** Null: the person thought better of it. Rejects where anything else went wrong. */
function cancelled(error: unknown): null {
  if ((error as { name?: unknown } | null)?.name === "AbortError") return null;
  throw error;
}

async function mayWrite(handle: FileSystemFileHandle): Promise<boolean> {
  const asked = handle as FileSystemFileHandle & { queryPermission?(mode: object): Promise<string>; requestPermission?(mode: object): Promise<string> };
  const mode = { mode: "readwrite" };
  return (await asked.queryPermission?.(mode)) === "granted" || (await asked.requestPermission?.(mode)) === "granted";
}

function chosenFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,.zip,.png,application/json";
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

function tell({ editor }: EditorParts, notes: readonly string[]): void {
  if (notes.length) editor.notify({ kind: "info", text: notes.join(" ") });
}

async function said({ editor }: EditorParts, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const diagnostics = (error as { diagnostics?: readonly { message: string }[] } | null)?.diagnostics;
    editor.notify({ kind: "error", text: diagnostics?.map((d) => d.message).join(" ") ?? (error instanceof Error ? error.message : String(error)) });
  }
}
