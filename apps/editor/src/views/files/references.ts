/** What a `file` parameter of a picture names, and from where the page can show it before anything has run. */
import { readPictureList, type Part, type PictureEntry } from "../../params/picture-list.ts";
import type { GraphFiles } from "../../storage/graph-files.ts";
import { packageFilePath } from "../../storage/package-file-path.ts";

export interface PictureReference {
  readonly reference: string;
  readonly name: string;
  /** In pixels of the picture. */
  readonly part?: Part;
}

const PICTURE = /\.(jpe?g|png|webp)$/i;

/** A URL for what the built editor serves or the reference holds itself; null for a file of the graph. */
export function servedUrl(reference: string, assets: string): string | null {
  if (reference.startsWith("data:")) return reference;
  if (reference.startsWith("npm:")) return assets + packageFilePath(reference.slice(4));
  return null;
}

/** One picture, or one entry of a list. */
export function pictureReference({ reference, label, part }: PictureEntry): PictureReference {
  const name = label ?? (reference.startsWith("data:") ? "embedded picture" : reference.slice(reference.lastIndexOf("/") + 1));
  return { reference, name, ...(part ? { part } : {}) };
}

/** The pictures of a list, a folder, or a folder with a folder for each person; none where they cannot be told. */
export async function pictureReferences(text: string, files: Pick<GraphFiles, "list">): Promise<readonly PictureReference[]> {
  const list = readPictureList(text);
  if (list.kind === "list") return list.entries.map(pictureReference);
  const folder = `${list.path}/`;
  const names = (await files.list(folder)) ?? [];
  const own = names.filter((n) => PICTURE.test(n)).map((n) => ({ reference: folder + n, name: n }));
  const people = await Promise.all(names.filter((n) => n.endsWith("/")).map(async (person) =>
    ((await files.list(folder + person)) ?? []).filter((n) => PICTURE.test(n)).map((n) => ({ reference: folder + person + n, name: person.slice(0, -1) }))));
  return [...own, ...people.flat()];
}
