/** Feeds a training with batches of a dataset: people with some photos each, as triplets need them, or examples in random order. */
import type { Dim, PortType } from "@patchbay/graph-core";
import { defineNode, float32, tensor, tensorValue, NodeFailure, type DatasetValue, type EvaluateContext, type Feed, type TensorData } from "@patchbay/runtime/node-api";
import { mistake } from "../port-types.ts";
import { AUGMENT, augmentation, rowsOf } from "./augment.ts";
import { inBatches, inTurn, partOf, peopleAndPhotos, PURPOSE, stepRandom } from "./draws.ts";
import { RestingTriplets } from "./resting-triplets.ts";

/** Triplets of a batch are a cube: 128³ numbers are 8 MiB a step. */
const MOST_FOR_TRIPLETS = 128;

const INT: PortType = { kind: "tensor", dtype: "int32", shape: null };

export const batches = defineNode({
  type: "Batches",
  version: 1,
  title: "Batches",
  group: "Learning",
  doc: "Feeds a Trainer: a new batch of the dataset at every step, never of what is held out; on its own it shows the first. For triplets, some people with some photos each: everyone with two photos or more comes once before anybody comes again. For classes, examples in random order, all of them once before any comes again. It tells Triplet mining which triplets of the batch may be chosen, and is told which of them keep the margin: those are not fed again until they have rested, and are counted. Where the dataset names triplets, those are fed and no others. The same seed feeds the same batches.",
  source: "P × K batches: Hermans, Beyer & Leibe, arXiv 1703.07737",
  synonyms: ["minibatch", "loader", "generator", "epoch", "shuffle", "augmentation", "PK sampling", "triplets"],
  role: "feed",
  inputs: [{ name: "dataset", doc: "What is learned from.", type: { kind: "dataset", example: null } }],
  outputs: [
    { name: "examples", doc: "One row an example: pictures in 0…1, signals, volumes or encodings.", type: { kind: "tensor", dtype: "float32", shape: null } },
    { name: "labels", doc: "The class or person of each row, counted from 0.", type: INT },
    { name: "triplets", doc: "By anchor, positive and negative: a random number above 0 where the triplet may be chosen, else 0. Only of people and photos.", type: { kind: "tensor", dtype: "float32", shape: null } },
  ],
  params: [
    {
      name: "mode", title: "Batches of", kind: "choice", default: "people", help: "What a batch is made of.",
      choices: [{ value: "people", title: "People and photos", help: "P people with K photos each, for triplets." }, { value: "shuffled", title: "Examples", help: "In random order, for classes." }],
    },
    { name: "people", title: "People P", kind: "number", default: 8, min: 2, max: 1024, integer: true, help: "In each batch.", visibleWhen: { param: "mode", equals: ["people"] } },
    { name: "photos", title: "Photos K", kind: "number", default: 4, min: 2, max: 256, integer: true, help: "Of each person in a batch; who has fewer shows some twice.", visibleWhen: { param: "mode", equals: ["people"] } },
    { name: "size", title: "Size", kind: "number", default: 32, min: 1, max: 4096, integer: true, unit: "examples", help: "Of each batch.", visibleWhen: { param: "mode", equals: ["shuffled"] } },
    { name: "rest", title: "Triplets rest", kind: "number", default: 200, min: 0, max: 1_000_000, integer: true, unit: "steps", help: "For how long a triplet that keeps the margin is not fed again; 0 feeds it all the same.", visibleWhen: { param: "mode", equals: ["people"] } },
    { name: "ease", title: "Choice widens over", kind: "number", default: 0, min: 0, max: 1_000_000, integer: true, unit: "steps", help: "Hard triplets collapse an encoder that has learned nothing yet: over so many steps what an anchor may choose from grows from one triplet to all; 0 gives all at once. Random triplets stay the same.", visibleWhen: { param: "mode", equals: ["people"] } },
    ...AUGMENT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed feeds other batches." },
  ],
  infer({ inputs, params }) {
    const type = inputs["dataset"]?.kind === "dataset" ? inputs["dataset"] : undefined;
    const rows = rowsOfBatch(params);
    const people = params["mode"] === "people";
    if (people && rows > MOST_FOR_TRIPLETS) return mistake(["examples", "labels", "triplets"], "batch-too-large", `${params["people"]} people with ${params["photos"]} photos are ${rows} examples, whose triplets are too many to draw from: at most ${MOST_FOR_TRIPLETS} examples are. Take fewer people or photos.`, { param: "people" });
    const shape: readonly Dim[] | null = type?.example ? [rows, ...type.example] : null;
    const labels: PortType = { kind: "tensor", dtype: "int32", shape: [rows] };
    const cube = people ? rows : 0;
    return {
      outputs: {
        examples: { kind: "tensor", dtype: "float32", shape, ...(type?.meaning ? { meaning: type.meaning } : {}), ...(type?.network ? { network: type.network } : {}) },
        labels,
        triplets: { kind: "tensor", dtype: "float32", shape: [cube, cube, cube] },
      },
    };
  },
  feed: async (context) => feedOf(context),
  async evaluate(context) {
    const { examples, labels, triplets } = feedOf(context).batch(0) as { examples: TensorData; labels: TensorData; triplets: TensorData };
    return { examples: tensorValue(examples, (context.inputs["dataset"] as DatasetValue).network), labels: tensorValue(labels), triplets: tensorValue(triplets) };
  },
});

const rowsOfBatch = (params: EvaluateContext["params"]): number => (params["mode"] === "people" ? (params["people"] as number) * (params["photos"] as number) : (params["size"] as number));

function feedOf({ inputs, params }: EvaluateContext): Feed {
  const dataset = inputs["dataset"] as DatasetValue;
  const [seed, ease] = [params["seed"] as number, params["ease"] as number];
  const size = rowsOfBatch(params);
  const how = augmentation(params);
  const isPeople = params["mode"] === "people";
  const training = partOf(dataset, 0);
  if (training.length === 0) throw new NodeFailure("no-examples", "All examples are held out, and none is left to learn from.");
  const listed = isPeople ? dataset.triplets?.filter((t) => [t.anchor, t.positive, t.negative].every((i) => dataset.heldOut[i] === 0)) : undefined;
  if (listed?.length === 0) throw new NodeFailure("no-triplets", "None of the listed triplets lies wholly in the part that is learned from.");
  const resting = new RestingTriplets(dataset.labels.length, params["rest"] as number);
  const drawn = listed ? inTurn(listed.length, Math.floor(size / 3), seed) : undefined;
  const indicesAt = drawn
    ? (step: number) => filled(drawn(step).flatMap((t) => [listed![t]!.anchor, listed![t]!.positive, listed![t]!.negative]), size)
    : isPeople
      ? peopleAndPhotos(dataset, params["people"] as number, params["photos"] as number, seed)
      : ((order) => (step: number) => order(step).map((i) => training[i]!))(inTurn(training.length, size, seed));
  const cube = isPeople ? [size, size, size] : [0, 0, 0];
  const none = float32(cube, new Float32Array(cube[0]! ** 3));
  const labelsOf = (indices: readonly number[]): TensorData => tensor("int32", [size], indices.map((i) => dataset.labels[i]!));
  const examplesOf = (data: Float32Array): TensorData => float32([size, ...dataset.example], data);
  let fed: readonly number[] = [];

  return {
    batch(step) {
      fed = indicesAt(step);
      resting.wake(step);
      const triplets = isPeople ? float32(cube, drawTriplets(dataset.labels, fed, listed !== undefined, resting, ease > 0 ? Math.min(1, step / ease) : 1, stepRandom(seed, step, PURPOSE.triplets))) : none;
      return { examples: examplesOf(rowsOf(dataset, fed, how, stepRandom(seed, step, PURPOSE.augment))), labels: labelsOf(fed), triplets };
    },
    *heldOut() {
      for (const { indices, rows } of inBatches(partOf(dataset, 1), size)) yield { values: { examples: examplesOf(rowsOf(dataset, indices)), labels: labelsOf(indices), triplets: none }, rows };
    },
    ...(isPeople ? {
      observe(step: number, feedback: { readonly [nodeAndPort: string]: TensorData }) {
        let satisfied = 0;
        for (const { shape, data } of Object.values(feedback)) {
          if (shape.length !== 2 || shape[1] !== 4) continue;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i]! < 0 || data[i + 3] !== 1) continue;
            satisfied++;
            resting.add(fed[data[i]!]!, fed[data[i + 1]!]!, fed[data[i + 2]!]!, step);
          }
        }
        return { satisfied, "no longer fed": resting.size };
      },
      state: () => ({ resting: resting.state() }),
      restore(state: { readonly [name: string]: TensorData }) {
        if (state["resting"]) resting.restore(state["resting"]);
      },
    } : {}),
  };
}

const filled = (indices: readonly number[], size: number): number[] => Array.from({ length: size }, (_, i) => indices[i] ?? indices.at(-1)!);

/**
 * `[N,N,N]`: a draw in (0,1] for each triplet of the batch that is one and does not rest. Of listed triplets only those, which lie in threes.
 * Of the T triplets of an anchor those with the highest draws stay, about T^`width` of them: from one at 0 to all at 1.
 */
function drawTriplets(labels: Int32Array, rows: readonly number[], listed: boolean, resting: RestingTriplets, width: number, next: () => number): Float32Array {
  const n = rows.length;
  const out = new Float32Array(n * n * n);
  const put = (a: number, p: number, q: number): void => {
    const draw = 1 - next();
    if (!resting.has(rows[a]!, rows[p]!, rows[q]!)) out[(a * n + p) * n + q] = draw;
  };
  if (listed) {
    for (let a = 0; a + 2 < n; a += 3) put(a, a + 1, a + 2);
    return out;
  }
  for (let a = 0; a < n; a++) {
    for (let p = 0; p < n; p++) {
      if (rows[a] === rows[p] || labels[rows[a]!] !== labels[rows[p]!]) continue;
      for (let q = 0; q < n; q++) if (labels[rows[q]!] !== labels[rows[a]!]) put(a, p, q);
    }
    if (width < 1) narrow(out.subarray(a * n * n, (a + 1) * n * n), width);
  }
  return out;
}

/** Leaves the highest draws of an anchor, always the very highest. */
function narrow(draws: Float32Array, width: number): void {
  let [count, most] = [0, 0];
  for (const draw of draws) {
    if (draw > 0) count++;
    most = Math.max(most, draw);
  }
  const least = Math.min(most, 1 - count ** (width - 1));
  for (let i = 0; i < draws.length; i++) if (draws[i]! < least) draws[i] = 0;
}
