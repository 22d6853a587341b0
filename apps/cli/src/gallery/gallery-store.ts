/** Gallery files on disk: read whole, checked, and replaced whole; a damaged one is never touched. */
import { stat } from "node:fs/promises";
import { parseGallery, serializeGallery } from "@patchbay/nodes";
import type { GalleryValue } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { usage } from "../exit.ts";
import { writeWhole } from "../output/atomic-file.ts";
import { withGalleryLock } from "./gallery-lock.ts";

/** The gallery in the file, or `undefined` when there is no file. Throws NodeFailure when it is damaged or something else. */
export async function readGallery(file: string): Promise<GalleryValue | undefined> {
  if (!(await stat(file).catch(() => undefined))) return undefined;
  const host = createNodeHost();
  return parseGallery(await host.readFile(await host.givenPath!(file)), file);
}

/** As `readGallery`, where the file must be there. */
export async function openGallery(file: string): Promise<GalleryValue> {
  const gallery = await readGallery(file);
  if (!gallery) throw usage(`There is no gallery file ${file}. Make one with: patchbay gallery enrol ${file} NAME PHOTO…`);
  return gallery;
}

/** Replaces the file, unless what is there is damaged or no gallery: that is reported and stays as it is. */
export async function saveGallery(file: string, gallery: GalleryValue): Promise<void> {
  await changeGallery(file, () => gallery);
}

/** Reads, changes and replaces in one go, so that of two processes neither loses what the other one added. */
export async function changeGallery(file: string, change: (before: GalleryValue | undefined) => GalleryValue): Promise<{ before: GalleryValue | undefined; after: GalleryValue }> {
  return withGalleryLock(file, async () => {
    const before = await readGallery(file);
    const after = change(before);
    await writeWhole(file, serializeGallery(after));
    return { before, after };
  });
}

export interface Person {
  name: string;
  photos: string[];
  encodings: number;
}

/** In the order of their enrolment. */
export function peopleOf({ entries }: GalleryValue): Person[] {
  const people = new Map<string, Person>();
  for (const { name, photo } of entries) {
    const person = people.get(name) ?? { name, photos: [], encodings: 0 };
    people.set(name, person);
    person.encodings++;
    if (photo !== undefined) person.photos.push(photo);
  }
  return [...people.values()];
}
