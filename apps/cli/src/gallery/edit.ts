/** `patchbay gallery list`, `remove` and `verify`: what needs no network. */
import type { GalleryFlags } from "../commands/gallery.ts";
import { EXIT, usage, type ExitCode } from "../exit.ts";
import { columns, visible } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";
import { openGallery, peopleOf, saveGallery } from "./gallery-store.ts";

export async function list(file: string, flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  const gallery = await openGallery(file);
  const people = peopleOf(gallery);
  if (flags.json) terminal.print(JSON.stringify({ network: gallery.network, width: gallery.width, people }));
  else if (!people.length) terminal.print("nobody is enrolled");
  else for (const line of columns(people.map((p) => [visible(p.name), count(p.encodings), p.photos.map(visible).join(", ")]))) terminal.print(line);
  return EXIT.ok;
}

export async function remove(file: string, name: string, flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  const gallery = await openGallery(file);
  const entries = gallery.entries.filter((entry) => entry.name !== name);
  const removed = gallery.entries.length - entries.length;
  if (!removed) {
    const names = peopleOf(gallery).map((p) => p.name);
    throw usage(`${file} holds nobody called "${name}"; it holds ${names.length ? names.slice(0, 20).join(", ") + (names.length > 20 ? ` and ${names.length - 20} more` : "") : "nobody"}.`);
  }
  await saveGallery(file, { ...gallery, entries });
  if (flags.json) terminal.print(JSON.stringify({ removed: { name, encodings: removed }, people: peopleOf({ ...gallery, entries }).length }));
  else terminal.print(`removed ${visible(name)} (${count(removed)}) from ${visible(file)}`);
  return EXIT.ok;
}

export async function verify(file: string, flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  const gallery = await openGallery(file);
  const people = peopleOf(gallery).length;
  if (flags.json) terminal.print(JSON.stringify({ ok: true, network: gallery.network, width: gallery.width, people, encodings: gallery.entries.length }));
  else terminal.print(`${terminal.style.green("ok")} ${visible(file)}: checksum matches; ${people} ${people === 1 ? "person" : "people"}, ${count(gallery.entries.length)} of ${gallery.width} numbers by the network ${visible(gallery.network)}`);
  return EXIT.ok;
}

const count = (n: number): string => `${n} encoding${n === 1 ? "" : "s"}`;
