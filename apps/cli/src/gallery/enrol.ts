/** `patchbay gallery enrol`: photos of one person become encodings in the gallery, by the same nodes that graphs use. */
import path from "node:path";
import { GraphError, loadGraph, run, type GalleryValue, type LoadedGraph, type TensorValue } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import type { GalleryFlags } from "../commands/gallery.ts";
import { EXIT, failed, usage, type ExitCode } from "../exit.ts";
import { backendId } from "../graph/backends.ts";
import { loadRegistry } from "../graph/registry.ts";
import { givenFile } from "../input/given-file.ts";
import { requireWritable } from "../output/atomic-file.ts";
import { createProgress } from "../report/progress.ts";
import { visible } from "../report/style.ts";
import { listenForInterrupt } from "../run/interrupt.ts";
import type { Terminal } from "../terminal.ts";
import { changeGallery, peopleOf, readGallery } from "./gallery-store.ts";

/** The largest face of a photo to its encoding. */
const ENROLMENT = {
  format: "patchbay-graph",
  version: 1,
  nodes: [
    { id: "photo", type: "Image", version: 1, params: {}, position: { x: 0, y: 0 } },
    { id: "detector", type: "FaceDetector", version: 1, params: {}, position: { x: 240, y: 0 } },
    { id: "align", type: "FaceAlign", version: 1, params: {}, position: { x: 480, y: 0 } },
    { id: "encoder", type: "Encoder", version: 1, params: {}, position: { x: 720, y: 0 } },
  ],
  wires: [
    { from: "photo.image", to: "detector.image" },
    { from: "detector.faces", to: "align.faces" },
    { from: "align.chips", to: "encoder.image" },
  ],
  interface: { inputs: [{ name: "photo", node: "photo", param: "file" }], outputs: [{ name: "encoding", node: "encoder", port: "encoding" }] },
};

export async function enrol(file: string, name: string, photos: readonly string[], flags: GalleryFlags, terminal: Terminal): Promise<ExitCode> {
  const backend = backendId(flags.backend);
  const person = name.trim();
  if (person === "" || person.length > 200 || /\p{Cc}/u.test(person)) throw usage("A person's name has 1 to 200 characters and no control characters.");
  await requireWritable(file, "gallery enrol");
  await readGallery(file); // A damaged file is told before any work is done.
  const graph = await loadGraph(ENROLMENT, { nodes: await loadRegistry(), host: createNodeHost({ packagesFrom: [import.meta.url, import.meta.resolve("@patchbay/nodes")] }) });
  const references: string[] = [];
  for (const photo of photos) references.push(await givenFile(graph, `photo ${photo}`, photo));

  const progress = createProgress(terminal);
  const { signal, done } = listenForInterrupt(terminal, progress.clear);
  const encodings: TensorValue[] = [];
  try {
    for (const [i, reference] of references.entries()) {
      progress.on({ type: "progress", node: "enrol", step: i, of: photos.length, note: path.basename(photos[i]!) });
      encodings.push(await encode(graph, reference, photos[i]!, { backend, threads: flags.threads, signal }));
    }
  } finally {
    progress.clear();
  }
  signal.throwIfAborted();
  // Read again: somebody may have enrolled while the photos were looked at.
  const { before, after: gallery } = await changeGallery(file, (now) => withPerson(now, file, person, photos, encodings));
  done();
  const people = peopleOf(gallery);
  const all = people.find((p) => p.name === person)!.encodings;
  const added = gallery.entries.length - (before?.entries.length ?? 0);
  const again = photos.length - added;
  if (flags.json) terminal.print(JSON.stringify({ enrolled: { name: person, added, encodings: all }, network: gallery.network, people: people.length }));
  else terminal.print(`enrolled ${visible(person)} with ${added} new photo${added === 1 ? "" : "s"}${again ? `, ${again} known before,` : ""} in ${visible(file)} (${people.length} ${people.length === 1 ? "person" : "people"})`);
  return EXIT.ok;
}

async function encode(graph: LoadedGraph, reference: string, photo: string, options: { backend?: ReturnType<typeof backendId>; threads?: number; signal: AbortSignal }): Promise<TensorValue> {
  try {
    const { outputs } = await run(graph, {
      inputs: { photo: reference },
      signal: options.signal,
      ...(options.backend === undefined ? {} : { backend: options.backend }),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    });
    return outputs["encoding"] as TensorValue;
  } catch (error) {
    // The person knows photos, not the nodes inside: the sentence is enough.
    if (error instanceof GraphError) throw failed(`${photo}: ${error.diagnostics.map((d) => d.message).join(" ")} Nobody was enrolled.`, error);
    throw error;
  }
}

/** A photo that is enrolled again is kept once. Throws when the gallery's encodings come from another network. */
function withPerson(before: GalleryValue | undefined, file: string, name: string, photos: readonly string[], encodings: readonly TensorValue[]): GalleryValue {
  const network = encodings[0]!.network ?? "unknown";
  const width = encodings[0]!.shape.at(-1)!;
  if (before && (before.entries.length || before.calibration) && (before.network !== network || before.width !== width)) {
    throw failed(`${file} holds encodings by the network ${before.network} (${before.width} numbers); these are by ${network} (${width} numbers), and the two do not compare. Enrol into another file.`);
  }
  const entries = [...(before?.entries ?? [])];
  for (const [i, { data }] of encodings.entries()) {
    // By content: files of one name in two folders are two photos, and one photo has one encoding but for rounding.
    const known = entries.some((entry) => entry.name === name && entry.encoding.every((v, k) => Math.abs(v - data[k]!) < 1e-4));
    if (!known) entries.push({ name, photo: path.basename(photos[i]!), encoding: Float32Array.from(data) });
  }
  return { kind: "gallery", network, width, entries, ...(before?.calibration ? { calibration: before.calibration } : {}) };
}
