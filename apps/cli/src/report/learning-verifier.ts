/** A logistic verifier on frozen encodings beside the plain threshold, on a folder of faces: both learned from some people and measured on others. */
import path from "node:path";
import type { GraphDocument } from "@patchbay/graph-core";
import { atThreshold, distanceBetween, eer, nodes, type Pair } from "@patchbay/nodes";
import { loadGraph, run, type DatasetValue, type LoadedGraph, type NetworkValue } from "@patchbay/runtime";

export const FEATURES = ["absolute", "squared", "chi-squared", "concatenation"] as const;
export type Feature = (typeof FEATURES)[number];

/** On all pairs of people never seen. */
export interface Rates {
  readonly eer: number;
  /** 1 − (FAR + FRR)/2 at the threshold that was learned: there are far fewer same pairs than different ones. */
  readonly accuracy: number;
}

export interface VerifierReport {
  readonly pictures: number;
  readonly people: number;
  /** How often the people were split anew; rates are means. */
  readonly splits: number;
  /** Pairs of a split's held-out people. */
  readonly pairs: { readonly same: number; readonly different: number };
  /** Euclidean distance, with the threshold that errs least on the people that are learned from, in the middle of where it does. */
  readonly threshold: Rates;
  /** The same with the threshold that the Threshold node begins with, 0.6. */
  readonly shipped: Rates;
  readonly verifier: { readonly [F in Feature]: Rates };
}

const at = (i: number) => ({ x: 260 * i, y: 0 });
const version = (type: string): number => nodes.get(type)!.version;
const node = (id: string, type: string, i: number, params: GraphDocument["nodes"][number]["params"] = {}) => ({ id, type, version: version(type), params, position: at(i) });
const wire = (text: string) => ({ from: text.split(" -> ")[0]!, to: text.split(" -> ")[1]! });

const LEARNING: GraphDocument = {
  format: "patchbay-graph", version: 1,
  nodes: [
    node("photos", "Images", 0, {}), node("faces", "FaceDetector", 1), node("chips", "FaceAlign", 2, { which: "each-picture", fallback: "whole-image" }), node("encoder", "Encoder", 3),
    node("people", "Dataset", 4, { holdOut: 0.5 }), node("pairs", "Pairs", 5, { size: 64 }), node("features", "DifferenceFeatures", 6),
    node("verifier", "LogisticVerifier", 7, { trainable: true }), node("loss", "CrossEntropy", 8, { kind: "yes-no" }), node("trainer", "Trainer", 9, { steps: 300, schedule: "cosine" }),
  ],
  wires: [
    "photos.images -> faces.image", "faces.faces -> chips.faces", "chips.chips -> encoder.image", "encoder.encoding -> people.examples", "photos.images -> people.images", "people.dataset -> pairs.dataset",
    "pairs.a -> features.a", "pairs.b -> features.b", "features.features -> verifier.features", "verifier.score -> loss.predictions", "pairs.same -> loss.labels",
    "loss.loss -> trainer.loss", "verifier.score -> trainer.predictions", "features.features -> trainer.input",
  ].map(wire),
  interface: { inputs: [{ name: "photos", node: "photos", param: "file" }], outputs: [{ name: "people", node: "people", port: "dataset" }, { name: "network", node: "trainer", port: "network" }] },
};

const DECIDING: GraphDocument = {
  format: "patchbay-graph", version: 1,
  nodes: [node("features", "DifferenceFeatures", 0), node("score", "RunNetwork", 1)],
  wires: [wire("features.features -> score.input")],
  interface: {
    inputs: [{ name: "a", node: "features", port: "a" }, { name: "b", node: "features", port: "b" }, { name: "network", node: "score", port: "network" }],
    outputs: [{ name: "score", node: "score", port: "output" }],
  },
};

const SHIPPED = 0.6;

/** What each feature's verifier begins from: weights that count all numbers alike, and a bias that puts one half where such faces differ. */
const BEGIN: { readonly [F in Feature]: { readonly weights: readonly number[]; readonly bias: number; readonly rate: number } } = {
  absolute: { weights: [-2], bias: 9, rate: 0.03 },
  squared: { weights: [-20], bias: 7.2, rate: 0.3 },
  "chi-squared": { weights: [-2], bias: 9, rate: 0.03 },
  concatenation: { weights: [0], bias: 0, rate: 0.03 },
};

/** @param folder one folder of photos for each person */
export async function reportVerifier(folder: string, splits: number, progress: (line: string) => void): Promise<VerifierReport> {
  const [learning, deciding] = [await loadGraph(LEARNING, { nodes }), await loadGraph(DECIDING, { nodes })];
  try {
    const [plain, shipped]: [Rates[], Rates[]] = [[], []];
    const learned: { [F in Feature]: Rates[] } = { absolute: [], squared: [], "chi-squared": [], concatenation: [] };
    let dataset: DatasetValue | undefined;
    let held: IndexPair[] = [];
    for (let seed = 1; seed <= splits; seed++) {
      for (const feature of FEATURES) {
        const { weights, bias, rate } = BEGIN[feature];
        const { outputs } = await run(learning, {
          inputs: { photos: path.resolve(folder) },
          params: { "people.seed": seed, "pairs.seed": seed, "features.feature": feature, "verifier.weights": weights, "verifier.bias": bias, "trainer.learningRate": rate },
        });
        dataset = outputs["people"] as DatasetValue;
        held = pairsOf(dataset, 1);
        const scores = await scoresOf(deciding, feature, dataset, held, outputs["network"] as NetworkValue);
        learned[feature].push(ratesAt(held.map(({ same }, i) => ({ same, distance: -scores[i]! })), 0));
      }
      const distances = (of: readonly IndexPair[]): Pair[] => of.map(({ a, b, same }) => ({ same, distance: distanceBetween("euclidean", row(dataset!, a), row(dataset!, b)) }));
      plain.push(ratesAt(distances(held), leastWrong(distances(pairsOf(dataset!, 0)))));
      shipped.push(ratesAt(distances(held), SHIPPED));
      progress(`split ${seed} of ${splits}`);
    }
    const same = held.filter((p) => p.same).length;
    return {
      pictures: dataset!.labels.length, people: dataset!.classes.length, splits, pairs: { same, different: held.length - same },
      threshold: mean(plain), shipped: mean(shipped), verifier: Object.fromEntries(FEATURES.map((f) => [f, mean(learned[f])])) as VerifierReport["verifier"],
    };
  } finally {
    await Promise.all([learning.dispose(), deciding.dispose()]);
  }
}

interface IndexPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

function pairsOf({ labels, heldOut }: DatasetValue, part: 0 | 1): IndexPair[] {
  const own = [...heldOut].flatMap((h, i) => (h === part ? [i] : []));
  return own.flatMap((a, k) => own.slice(k + 1).map((b) => ({ a, b, same: labels[a] === labels[b] })));
}

const row = ({ data, example }: DatasetValue, i: number): Float32Array => (data as Float32Array).subarray(i * example[0]!, (i + 1) * example[0]!);

/** The verifier's scores of pairs: above 0 it says “the same”. */
async function scoresOf(graph: LoadedGraph, feature: Feature, dataset: DatasetValue, pairs: readonly IndexPair[], network: NetworkValue): Promise<ArrayLike<number>> {
  const width = dataset.example[0]!;
  const side = (which: "a" | "b") => {
    const data = new Float32Array(pairs.length * width);
    pairs.forEach((p, i) => data.set(row(dataset, p[which]), i * width));
    return { kind: "tensor" as const, dtype: "float32" as const, shape: [pairs.length, width], data };
  };
  const { outputs } = await run(graph, { inputs: { a: side("a"), b: side("b"), network }, params: { "features.feature": feature } });
  const score = outputs["score"];
  if (score?.kind !== "tensor") throw new Error("no scores came out");
  return score.data;
}

/** The middle of the widest gap between distances at which (FAR + FRR)/2 is least. */
function leastWrong(pairs: readonly Pair[]): number {
  const same = pairs.filter((p) => p.same).length;
  const sorted = [...pairs].sort((a, b) => a.distance - b.distance);
  let best = { cost: Infinity, gap: 0, at: 0 };
  let [far, frr] = [0, 1];
  for (const [i, pair] of sorted.entries()) {
    if (pair.same) frr -= 1 / same;
    else far += 1 / (pairs.length - same);
    const next = sorted[i + 1]?.distance;
    if (next === undefined) break;
    const gap = next - pair.distance;
    const cost = Math.round((far + frr) * 1e9);
    if (cost < best.cost || (cost === best.cost && gap > best.gap)) best = { cost, gap, at: pair.distance + gap / 2 };
  }
  return best.at;
}

function ratesAt(pairs: readonly Pair[], threshold: number): Rates {
  const { far, frr } = atThreshold(pairs, threshold);
  return { eer: eer(pairs).rate, accuracy: 1 - (far + frr) / 2 };
}

const mean = (rates: readonly Rates[]): Rates => ({ eer: rates.reduce((n, r) => n + r.eer, 0) / rates.length, accuracy: rates.reduce((n, r) => n + r.accuracy, 0) / rates.length });
