/** Invented people to learn on where nobody has brought photos: a seeded set of identities, hard enough that an untrained network guesses. */
import { defineNode, type DatasetValue } from "@patchbay/runtime/node-api";
import { seededUniform } from "../seeded.ts";
import { countTable } from "./dataset.ts";
import { HOLD_OUT, holdOut, SPLIT, type SplitBy } from "./hold-out.ts";
import { inventPerson, photograph } from "./synthetic-face.ts";

export const syntheticFaces = defineNode({
  type: "SyntheticFaces",
  version: 1,
  title: "Synthetic faces",
  group: "Learning",
  doc: "Photos of people who do not exist, drawn from a seed. Each person has a face, eyes, brows, nose, mouth and hair of their own; each photo another pose, gaze, expression, light, loud background and noise, sometimes glasses. Pixels, or an encoder that has learned nothing, hardly tell who it is: two photos of one person are as far apart as photos of two people. The same seed gives the same bytes on every machine.",
  synonyms: ["synthetic identities", "procedural", "toy data", "people", "training data", "benchmark"],
  inputs: [],
  outputs: [
    { name: "dataset", doc: "The photos with their people.", type: { kind: "dataset", example: null, meaning: "image" } },
    { name: "table", doc: "How many photos each person has, and how many of them are held out.", type: { kind: "table" } },
  ],
  params: [
    { name: "people", title: "People", kind: "number", default: 48, min: 4, max: 2000, integer: true, help: "How many identities." },
    { name: "photos", title: "Photos", kind: "number", default: 10, min: 2, max: 200, integer: true, help: "Of each person." },
    { name: "size", title: "Size", kind: "number", default: 32, min: 16, max: 256, integer: true, unit: "px", help: "Width and height of a photo." },
    { name: "variation", title: "Variation", kind: "number", default: 1, min: 0, max: 2, step: 0.1, help: "How much the photos of a person differ: pose, expression, light and noise. 0 leaves the background alone to change." },
    HOLD_OUT, SPLIT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed invents other people." },
  ],
  infer({ params }) {
    const [size, people] = [params["size"] as number, params["people"] as number];
    return { outputs: { dataset: { kind: "dataset", example: [size, size, 3], meaning: "image", classes: people } } };
  },
  async evaluate({ params, progress, signal }) {
    const [people, photos, size, variation, seed] = ["people", "photos", "size", "variation", "seed"].map((p) => params[p] as number) as [number, number, number, number, number];
    const bytes = size * size * 3;
    const data = new Uint8Array(people * photos * bytes);
    const digits = String(people).length;
    const classes = Array.from({ length: people }, (_, i) => `person ${String(i + 1).padStart(digits, "0")}`);
    const names: string[] = [];
    for (let p = 0; p < people; p++) {
      signal?.throwIfAborted();
      // Every person and photo has a stream of its own: more of them leave the first ones as they are.
      const stream = Math.imul(seed, 7919) + p;
      const person = inventPerson(seededUniform(stream));
      for (let k = 0; k < photos; k++) {
        data.set(photograph(person, seededUniform(Math.imul(stream, 104729) + k + 1), size, variation), (p * photos + k) * bytes);
        names.push(`${classes[p]}, photo ${k + 1}`);
      }
      if (size >= 128) progress({ step: p + 1, of: people, note: "Drawing people" });
    }
    const labels = Int32Array.from(names, (_, i) => Math.floor(i / photos));
    const heldOut = holdOut(labels, classes, { share: params["holdOut"] as number, by: params["split"] as SplitBy, seed });
    const dataset: DatasetValue = { kind: "dataset", example: [size, size, 3], meaning: "image", data, classes, labels, heldOut, names };
    return { dataset, table: countTable(dataset) };
  },
});
