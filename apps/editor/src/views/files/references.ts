/** What a `file` parameter of a picture names, and from where the page can show it before anything has run. */
import { splitPictureList } from "@patchbay/nodes";
import type { GraphFiles } from "../../storage/graph-files.ts";

export interface PictureReference {
  readonly reference: string;
  readonly name: string;
  /** In pixels of the picture. */
  readonly part?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const PICTURE = /\.(jpe?g|png|webp)$/i;
const PART = /#xywh=(\d+),(\d+),(\d+),(\d+)$/;

/** A URL for what the built editor serves or the reference holds itself; null for a file of the graph. */
export function servedUrl(reference: string, assets: string): string | null {
  if (reference.startsWith("data:")) return reference;
  if (reference.startsWith("npm:")) return `${assets}npm/${reference.slice(4).split("/").map(encodeURIComponent).join("/").replaceAll("%40", "@")}`;
  return null;
}

/** One item of a list: `[label=]reference[#xywh=x,y,w,h]`. */
export function pictureReference(item: string): PictureReference {
  const [, label, rest] = /^([^=/:#]+)=\s*(.+)$/s.exec(item) ?? [undefined, undefined, item];
  const part = PART.exec(rest);
  const reference = rest.replace(PART, "");
  const name = label?.trim() || (reference.startsWith("data:") ? "embedded picture" : reference.slice(reference.lastIndexOf("/") + 1));
  const [x, y, width, height] = (part ?? []).slice(1).map(Number) as [number, number, number, number];
  return { reference, name, ...(part ? { part: { x, y, width, height } } : {}) };
}

/** The pictures of a list, a folder, or a folder with a folder for each person; none where they cannot be told. */
export async function pictureReferences(text: string, files: Pick<GraphFiles, "list">): Promise<readonly PictureReference[]> {
  const items = splitPictureList(text);
  const [only] = items;
  if (items.length !== 1 || !only || PICTURE.test(only.replace(PART, "")) || only.includes(":")) return items.map(pictureReference);
  const folder = `${only.replace(/\/+$/, "")}/`;
  const names = (await files.list(folder)) ?? [];
  const own = names.filter((n) => PICTURE.test(n)).map((n) => ({ reference: folder + n, name: n }));
  const people = await Promise.all(names.filter((n) => n.endsWith("/")).map(async (person) =>
    ((await files.list(folder + person)) ?? []).filter((n) => PICTURE.test(n)).map((n) => ({ reference: folder + person + n, name: person.slice(0, -1) }))));
  return [...own, ...people.flat()];
}
