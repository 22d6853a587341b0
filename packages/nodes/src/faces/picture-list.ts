/** What a list of pictures is written as: a folder, a folder per person, or names with commas between them. */
import { NodeFailure, type Host } from "@patchbay/runtime/node-api";

export interface ListedPicture {
  /** What the host reads. */
  readonly reference: string;
  /** What people see: the reference without its folder. */
  readonly name: string;
  readonly label?: string;
  /** Part of the picture, in pixels, as in the W3C's media fragments `#xywh=left,top,width,height`. */
  readonly part?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const PICTURE_FILE = /\.(jpe?g|png|webp)$/i;
const FRAGMENT = /#xywh=(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/;

/**
 * `folder` gives its pictures; if it has folders inside, theirs, labelled by the inner folder's name. Otherwise a list:
 * `[label=]reference[#xywh=x,y,w,h]`, separated by commas that are not part of the numbers. Throws NodeFailure
 * `no-pictures` where a folder holds none.
 */
export async function listPictures(host: Host, text: string): Promise<ListedPicture[]> {
  const items = splitList(text);
  if (items.length !== 1 || PICTURE_FILE.test(withoutFragment(items[0]!)) || items[0]!.startsWith("data:")) return items.map(listed);
  const folder = items[0]!.replace(/\/+$/, "");
  const names = await host.listFolder(folder);
  const inFolder = (path: string, found: readonly string[], label?: string) =>
    found.filter((n) => PICTURE_FILE.test(n)).map((n): ListedPicture => ({ reference: `${path}/${n}`, name: label ? `${label}/${n}` : n, ...(label ? { label } : {}) }));
  const people = names.filter((n) => n.endsWith("/")).map((n) => n.slice(0, -1));
  const labelled = await Promise.all(people.map(async (person) => inFolder(`${folder}/${person}`, await host.listFolder(`${folder}/${person}`), person)));
  const found = [...inFolder(folder, names), ...labelled.flat()];
  if (found.length === 0) throw new NodeFailure("no-pictures", `The folder “${folder}” holds no pictures (JPEG, PNG or WebP), nor folders with pictures in them.`, { param: "file" });
  return found;
}

const ITEM = /(?:\s*|[^=,/:#]+=\s*)data:[^,]*,(?:[^,]*?#xywh=\d+,\d+,\d+,\d+|[^,]*)|[^,]*?#xywh=\d+,\d+,\d+,\d+|[^,]+/g;

/** Commas between items; those of a fragment's numbers and of a `data:` URL's head belong to the item. */
export const splitList = (text: string): string[] => (text.match(ITEM) ?? []).map((s) => s.trim()).filter((s) => s !== "");

const withoutFragment = (item: string) => item.replace(FRAGMENT, "");

function listed(item: string): ListedPicture {
  // A label is everything before the first "=", as long as no path or scheme has begun there.
  const [, label, rest] = /^([^=/:#]+)=\s*(.+)$/s.exec(item) ?? [undefined, undefined, item];
  const fragment = FRAGMENT.exec(rest);
  const reference = withoutFragment(rest);
  const name = reference.startsWith("data:") ? "embedded picture" : reference.slice(reference.lastIndexOf("/") + 1) + (fragment ? fragment[0] : "");
  const [x, y, width, height] = (fragment ?? []).slice(1).map(Number) as [number, number, number, number];
  return { reference, name, ...(label ? { label: label.trim() } : {}), ...(fragment ? { part: { x, y, width, height } } : {}) };
}
