/** `patchbay gallery list`, `remove` and `verify`: what needs no network. */
import type { GalleryValue } from "@patchbay/runtime";
import type { GalleryFlags } from "../commands/gallery.ts";
import { EXIT, failed, usage, type ExitCode } from "../exit.ts";
import { columns, visible } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";
import { changeGallery, openGallery, peopleOf } from "./gallery-store.ts";

export async function list(file: string, flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  const gallery = await openGallery(file);
  const people = peopleOf(gallery);
  if (flags.json) terminal.print(JSON.stringify({ network: gallery.network, width: gallery.width, people }));
  else if (!people.length) terminal.print("nobody is enrolled");
  else for (const line of columns(people.map((p) => [visible(p.name), count(p.encodings), p.photos.map(visible).join(", ")]))) terminal.print(line);
  return EXIT.ok;
}

export async function remove(file: string, name: string, flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  await openGallery(file); // A file that is not there is told without making anything beside it.
  const { before, after } = await changeGallery(file, (gallery) => withoutPerson(gallery, file, name));
  const removed = before!.entries.length - after.entries.length;
  if (flags.json) terminal.print(JSON.stringify({ removed: { name, encodings: removed }, people: peopleOf(after).length }));
  else terminal.print(`removed ${visible(name)} (${count(removed)}) from ${visible(file)}`);
  return EXIT.ok;
}

function withoutPerson(gallery: GalleryValue | undefined, file: string, name: string): GalleryValue {
  if (!gallery) throw failed(`${file} is gone: another process removed it.`);
  const entries = gallery.entries.filter((entry) => entry.name !== name);
  if (entries.length < gallery.entries.length) return { ...gallery, entries };
  const names = peopleOf(gallery).map((p) => p.name);
  throw usage(`${file} holds nobody called "${name}"; it holds ${names.length ? names.slice(0, 20).join(", ") + (names.length > 20 ? ` and ${names.length - 20} more` : "") : "nobody"}.`);
}

export async function verify(file: string, flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  const gallery = await openGallery(file);
  const people = peopleOf(gallery).length;
  const chosen = gallery.calibration?.chosen;
  const calibrated = chosen ? `; calibrated on ${gallery.calibration!.people} people: ${visible(chosen.rule)} at τ ${Number(chosen.threshold.value.toPrecision(4))}` : "";
  if (flags.json) terminal.print(JSON.stringify({ ok: true, network: gallery.network, width: gallery.width, people, encodings: gallery.entries.length, ...(chosen ? { calibration: { rule: chosen.rule, metric: gallery.calibration!.metric, threshold: chosen.threshold, people: gallery.calibration!.people } } : {}) }));
  else terminal.print(`${terminal.style.green("ok")} ${visible(file)}: checksum matches; ${people} ${people === 1 ? "person" : "people"}, ${count(gallery.entries.length)} of ${gallery.width} numbers by the network ${visible(gallery.network)}${calibrated}`);
  return EXIT.ok;
}

const count = (n: number): string => `${n} encoding${n === 1 ? "" : "s"}`;
