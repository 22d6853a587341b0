/** What was dropped or pasted, read: single files, folders with all in them, and text. */

export interface DroppedFile {
  /** With its folders, where it came in one: `people/Nora/1.jpg`. */
  readonly path: string;
  readonly file: Blob;
}

export interface Dropped {
  readonly files: readonly DroppedFile[];
  readonly folders: readonly { readonly name: string; readonly files: readonly DroppedFile[] }[];
  readonly text: string;
  /** Full sentences. */
  readonly problems: readonly string[];
}

/** Files of one folder, folders inside folders. */
const MOST = 5_000;
const DEEPEST = 8;

/** A drop's data is there only until its event has been handled: everything is taken hold of before the first `await`. */
export async function readDropped(source: DataTransfer | readonly File[]): Promise<Dropped> {
  if (Array.isArray(source)) return { files: (source as readonly File[]).map((file) => ({ path: file.webkitRelativePath || file.name, file })), folders: [], text: "", problems: [] };
  const data = source as DataTransfer;
  const text = data.getData("text/plain");
  const entries = [...data.items].flatMap((item) => (item.kind === "file" ? [item.webkitGetAsEntry?.() ?? null] : []));
  const loose = [...data.files];
  const folders: { name: string; files: DroppedFile[] }[] = [];
  const problems: string[] = [];
  const isFolder = (i: number): boolean => entries[i]?.isDirectory ?? false;
  for (const entry of entries) {
    if (!entry?.isDirectory) continue;
    const files: DroppedFile[] = [];
    const whole = await walk(entry as FileSystemDirectoryEntry, "", 0, files);
    if (!whole) problems.push(`The folder “${entry.name}” holds more than ${MOST} files, or folders more than ${DEEPEST} deep: only the first were taken.`);
    folders.push({ name: entry.name, files });
  }
  return { files: loose.filter((_, i) => !isFolder(i)).map((file) => ({ path: file.name, file })), folders, text, problems };
}

/** False where not all of it was read. */
async function walk(folder: FileSystemDirectoryEntry, prefix: string, depth: number, into: DroppedFile[]): Promise<boolean> {
  const reader = folder.createReader();
  let whole = true;
  for (;;) {
    // Browsers hand over a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (some.length === 0) return whole;
    for (const entry of some.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".")) continue;
      if (into.length >= MOST || (entry.isDirectory && depth >= DEEPEST)) return false;
      if (entry.isDirectory) whole = (await walk(entry as FileSystemDirectoryEntry, `${prefix}${entry.name}/`, depth + 1, into)) && whole;
      else {
        const file = await new Promise<File | null>((resolve) => (entry as FileSystemFileEntry).file(resolve, () => resolve(null)));
        if (file) into.push({ path: prefix + entry.name, file });
      }
    }
  }
}
