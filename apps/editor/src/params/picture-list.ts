/** Lists of pictures taken apart into people and their photos, and written back as the text that the Images node reads. */
import { splitPictureList } from "@patchbay/nodes";

export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureEntry {
  /** A path, `npm:package/path` or a `data:` URL. */
  readonly reference: string;
  /** The person on it. */
  readonly label?: string;
  readonly part?: Part;
}

export type PictureList = { readonly kind: "folder"; readonly path: string } | { readonly kind: "list"; readonly entries: readonly PictureEntry[] };

const FRAGMENT = /#xywh=(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})$/;
const PICTURE_FILE = /\.(jpe?g|png|webp)$/i;

export function readPictureList(text: string): PictureList {
  const entries = splitPictureList(text).map(readEntry);
  const [only] = entries;
  const isFolder = entries.length === 1 && only!.label === undefined && !only!.part && !PICTURE_FILE.test(only!.reference) && !only!.reference.startsWith("data:");
  return isFolder ? { kind: "folder", path: only!.reference.replace(/\/+$/, "") } : { kind: "list", entries };
}

function readEntry(item: string): PictureEntry {
  // A name is everything before the first "=", as long as no path or scheme has begun there.
  const [, label, rest] = /^([^=/:#]+)=\s*(.+)$/s.exec(item) ?? [undefined, undefined, item];
  const fragment = FRAGMENT.exec(rest);
  const [x, y, width, height] = (fragment ?? []).slice(1).map(Number) as [number, number, number, number];
  return { reference: rest.replace(FRAGMENT, ""), ...(label ? { label: label.trim() } : {}), ...(fragment ? { part: { x, y, width, height } } : {}) };
}

export const writePictureList = (entries: readonly PictureEntry[]): string => entries.map(writeEntry).join(", ");

const writeEntry = ({ reference, label, part }: PictureEntry): string =>
  `${label ? `${personName(label)}=` : ""}${reference}${part ? `#xywh=${part.x},${part.y},${part.width},${part.height}` : ""}`;

/** A name without the characters that lists use. */
export const personName = (text: string): string => text.normalize("NFC").replace(/[\p{Cc},=/:#\\]+/gu, " ").replace(/\s+/g, " ").trim();

/** What stands where no name is given: the file's name, as enrolment takes it. */
export function fileStem(reference: string): string {
  if (reference.startsWith("data:")) return "embedded picture";
  return reference.slice(reference.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "") || reference;
}

/** How many people: entries with the same name are one. */
export const countPeople = (entries: readonly PictureEntry[]): number => new Set(entries.map((e) => e.label ?? fileStem(e.reference))).size;
