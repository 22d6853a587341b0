/** Files that belong together: a model with its shards, a list with the pictures that it names. Kept in one folder, they find each other by the names that they use. */
import { plainPath } from "../storage/file-names.ts";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { DroppedFile } from "./dropped-files.ts";

export type BundleKind = "network" | "dataset";

export interface Bundle {
  readonly kind: BundleKind;
  /** What a parameter names. */
  readonly main: DroppedFile;
  /** By the names that the main file has for them. */
  readonly beside: readonly { readonly name: string; readonly file: Blob }[];
  /** What it names and did not come along. */
  readonly missing: readonly string[];
}

/** Characters of a list, and bytes of a model's description, that are looked at. */
const LARGEST = 64 * 2 ** 20;
const PICTURE = /\.(jpe?g|png|webp)$/i;
const LIST = /\.(csv|tsv|txt)$/i;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The first bundle among the files; null where there is none. */
export async function bundleOf(files: readonly DroppedFile[]): Promise<Bundle | null> {
  for (const main of files) {
    const named = await companions(main);
    if (!named) continue;
    const taken = new Set<Blob>([main.file]);
    const found = named.names.map((name) => {
      const file = fileNamed(files, main, name, taken);
      if (file) taken.add(file);
      return { name, file };
    });
    return {
      kind: named.kind, main,
      beside: found.flatMap(({ name, file }) => (file ? [{ name, file }] : [])),
      missing: found.flatMap(({ name, file }) => (file ? [] : [name])),
    };
  }
  return null;
}

/** Beside the main file; otherwise of that path's end, or of that name, anywhere in what came along: dropped one by one, files have lost their folders. */
function fileNamed(files: readonly DroppedFile[], main: DroppedFile, name: string, taken: ReadonlySet<Blob>): Blob | undefined {
  const free = files.filter((f) => !taken.has(f.file));
  return (free.find((f) => f.path === folderOf(main.path) + name) ?? free.find((f) => f.path.endsWith(`/${name}`)) ?? free.find((f) => nameOf(f.path) === nameOf(name)))?.file;
}

/** What a file names beside itself; null where it is no bundle's main file. */
async function companions({ path, file }: DroppedFile): Promise<{ kind: BundleKind; names: string[] } | null> {
  if (file.size > LARGEST) return null;
  if (/\.json$/i.test(path)) return shardsOf(await file.text());
  if (!LIST.test(path)) return null;
  const names = [...new Set((await file.text()).split(/\r?\n/).flatMap((line) => line.split(/[,;\t]/)).map((cell) => cell.trim().replace(/^"|"$/g, "")).filter((cell) => PICTURE.test(cell)))];
  return names.length ? { kind: "dataset", names } : null;
}

/** The paths of all that a kept main file names beside itself, as far as they are there; of a folder, all in it. */
export async function pathsBeside(files: Pick<GraphFiles, "read">, all: readonly string[], path: string): Promise<readonly string[]> {
  const folder = `${path.replace(/\/+$/, "")}/`;
  const bytes = await files.read(path);
  if (!bytes) return all.filter((one) => one.startsWith(folder));
  const named = await companions({ path, file: new Blob([bytes as BlobPart]) });
  const there = new Set(all);
  return (named?.names ?? []).map((name) => folderOf(path) + name).filter((one) => there.has(one));
}

function shardsOf(text: string): { kind: BundleKind; names: string[] } | null {
  if (!text.includes("weightsManifest")) return null;
  try {
    const { weightsManifest } = JSON.parse(text) as { weightsManifest?: readonly { readonly paths?: readonly unknown[] }[] };
    if (!Array.isArray(weightsManifest)) return null;
    return { kind: "network", names: (weightsManifest as { paths?: unknown[] }[]).flatMap((group) => (Array.isArray(group.paths) ? group.paths.filter((p): p is string => typeof p === "string") : [])) };
  } catch {
    return null;
  }
}

/** Keeps all of it and returns the path of the main file; several files lie in a folder that no other has. */
export async function keepBundle(files: GraphFiles, { main, beside }: Bundle): Promise<string> {
  const name = nameOf(main.path);
  if (!beside.length) return files.add(name, main.file);
  const folder = await freeFolder(files, nameOf(folderOf(main.path).replace(/\/$/, "")) || name.replace(/\.[^.]*$/, ""));
  for (const one of beside) if (!/^\/|(^|\/)\.\.(\/|$)/.test(one.name)) await files.add(`${folder}/${one.name}`, one.file);
  return files.add(`${folder}/${name}`, main.file);
}

/** A folder's name under which nothing lies yet. */
export async function freeFolder(files: Pick<GraphFiles, "list">, name: string): Promise<string> {
  const stem = plainPath(name).replaceAll("/", "-");
  let folder = stem;
  for (let i = 2; (await files.list(`${folder}/`)) !== null; i++) folder = `${stem}-${i}`;
  return folder;
}

/** A sentence for what a bundle names and did not bring; null where all of it came. */
export function missingText({ kind, main, missing }: Bundle): string | null {
  if (!missing.length) return null;
  const some = missing.slice(0, 3).map((name) => `“${name}”`).join(", ") + (missing.length > 3 ? ` and ${missing.length - 3} more` : "");
  return `“${nameOf(main.path)}” names ${some}, which did not come along: choose ${kind === "network" ? "the model with its shards" : "the list with its pictures"} together, or drop their folder.`;
}
