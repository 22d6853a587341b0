/** How files come in: chosen, dropped (with their folders), pasted; and how one goes out. */
import type { FileParam } from "@patchbay/graph-core";

export interface PickedFile {
  /** With the folders it lay in: `people/Nora/1.jpg`. */
  readonly path: string;
  readonly file: File;
}

export type Accept = FileParam["accept"];

/** For a file dialog. */
export const ACCEPTED: { readonly [A in Accept]: string } = {
  image: "image/*",
  images: "image/*",
  gallery: ".json,application/json",
  onnx: ".onnx",
  network: ".onnx,.json,.bin",
  dataset: "image/*,.csv,.tsv,.txt,text/csv",
  signal: ".csv,.tsv,.txt,text/csv",
  volume: ".nii,.gz,.dcm,.npy,.json",
  json: ".json,application/json",
};

const ENDINGS: { readonly [A in Accept]: RegExp } = {
  image: /\.(jpe?g|png|webp|gif|bmp|avif|tiff?|heic|heif)$/i,
  images: /\.(jpe?g|png|webp|gif|bmp|avif|tiff?|heic|heif)$/i,
  gallery: /\.json$/i,
  onnx: /\.onnx$/i,
  network: /\.(onnx|json|bin)$/i,
  dataset: /\.(jpe?g|png|webp|gif|bmp|avif|tiff?|heic|heif|csv|tsv|txt)$/i,
  signal: /\.(csv|tsv|txt)$/i,
  volume: /./,
  json: /\.json$/i,
};

export const fits = (accept: Accept, { file }: Pick<PickedFile, "file">): boolean =>
  ((accept === "image" || accept === "images") && file.type.startsWith("image/")) || ENDINGS[accept].test(file.name);

/** Opens the system's dialog; empty when it is closed without a choice. Call it from a click. */
export function chooseFiles({ accept, multiple = false, folder = false }: { accept: Accept; multiple?: boolean; folder?: boolean }): Promise<readonly PickedFile[]> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = folder ? "" : ACCEPTED[accept];
  input.multiple = multiple;
  input.webkitdirectory = folder;
  return new Promise((resolve) => {
    input.addEventListener("cancel", () => resolve([]), { once: true });
    input.addEventListener("change", () => resolve([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })).filter((picked) => !folder || fits(accept, picked))), { once: true });
    input.click();
  });
}

export const carriesFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes("Files") ?? false;

/** Every file of a drop or a paste, those inside folders included, sorted by path. Call it while the event is handled. */
export async function filesOf(transfer: DataTransfer | null): Promise<readonly PickedFile[]> {
  if (!transfer) return [];
  // Entries and files are only there until the event is over, so all are taken before anything is waited for.
  const items = [...transfer.items].filter((item) => item.kind === "file").map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const lists = await Promise.all(items.map(({ entry, file }) => (entry?.isDirectory ? inFolder(entry as FileSystemDirectoryEntry) : Promise.resolve(file ? [{ path: file.name, file }] : []))));
  return lists.flat().sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
}

async function inFolder(folder: FileSystemDirectoryEntry): Promise<PickedFile[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives a hundred entries at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    entries.push(...some);
  }
  const lists = await Promise.all(
    entries.map(async (entry): Promise<PickedFile[]> => {
      if (entry.name.startsWith(".")) return [];
      if (entry.isDirectory) return inFolder(entry as FileSystemDirectoryEntry);
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      return [{ path: entry.fullPath.replace(/^\/+/, ""), file }];
    }),
  );
  return lists.flat();
}

/** The person that a folder is named after: the innermost folder around the file. */
export const folderOf = (path: string): string | undefined => path.split("/").at(-2);

/** A JPEG, PNG or WebP, which every host of a graph reads: anything else that this browser shows is written as PNG. Null where it shows nothing. */
export async function portablePicture(file: File): Promise<File | null> {
  if (/^image\/(jpeg|png|webp)$/.test(file.type) && /\.(jpe?g|png|webp)$/i.test(file.name)) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
    bitmap.close();
    return new File([await canvas.convertToBlob()], `${file.name.replace(/\.[^.]+$/, "") || "picture"}.png`, { type: "image/png" });
  } catch {
    return null;
  }
}

/** Gives the browser a file to keep in its folder of downloads. */
export function saveAs(name: string, content: Blob | Uint8Array, type = "application/octet-stream"): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
