/** Training steps of this engine against PyTorch's: losses, gradients, and weights after one step and after three. */
import { loadGraph, run, type OptimiserState } from "@patchbay/runtime";
import { describe, expect, test } from "vitest";
import { trainingGraph, trainingNodes } from "../testing/training-graph.ts";
import peer from "./training-step.json" with { type: "json" };

const DRAWINGS = {
  pictures: [
    {
      f: ["TestFeed", { shape: "10×10×2" }], c: ["Conv2D", { filters: 4, kernel: 3, seed: 1, trainable: true }], r: ["Activation"], p: ["Pool"], d: ["Conv2D", { filters: 5, kernel: 3, seed: 2, trainable: true }],
      s: ["Activation", { function: "leaky-relu" }], g: ["Flatten"], e: ["Dense", { units: 4, seed: 3, trainable: true }], n: ["L2Normalise"], m: ["TripletMining", { mode: "hard" }], l: ["TripletLoss"],
    },
    ["f.examples -> c.input", "c.output -> r.input", "r.output -> p.input", "p.output -> d.input", "d.output -> s.input", "s.output -> g.input", "g.output -> e.input", "e.output -> n.x", "n.y -> m.encodings", "f.labels -> m.labels",
      "m.anchor -> l.anchor", "m.positive -> l.positive", "m.negative -> l.negative", "l.loss -> t.loss"],
  ],
  signals: [
    { f: ["TestFeed", { shape: "16×2" }], c: ["Conv1D", { filters: 6, kernel: 5, seed: 1, trainable: true }], r: ["Activation", { function: "tanh" }], p: ["Pool", { kind: "average" }], g: ["Flatten"], e: ["Dense", { units: 3, seed: 3, trainable: true }], l: ["CrossEntropy"] },
    ["f.examples -> c.input", "c.output -> r.input", "r.output -> p.input", "p.output -> g.input", "g.output -> e.input", "e.output -> l.predictions", "f.labels -> l.labels", "l.loss -> t.loss"],
  ],
} as const;
const OPTIONS = { adam: { learningRate: 0.01 }, momentum: { learningRate: 0.02, momentum: 0.9 } };

type Case = (typeof peer.cases)[number];
const flat = (weights: { readonly [name: string]: number[] | undefined }): number[] => Object.values(weights).flatMap((w) => w!);

/** ‖found − expected‖ ÷ ‖expected‖ */
function apart(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  const difference = expected.reduce((n, v, i) => n + (v - found[i]!) ** 2, 0);
  return Math.sqrt(difference / expected.reduce((n, v) => n + v * v, 0));
}

async function steps({ name, method }: Case, count: number, weightDecay: number): Promise<{ state: OptimiserState; losses: readonly number[] }> {
  const [nodes, wires] = DRAWINGS[name as keyof typeof DRAWINGS];
  const document = trainingGraph({ ...nodes, t: ["Trainer", { method, steps: count, weightDecay, ...OPTIONS[method as keyof typeof OPTIONS] }] }, wires, { losses: "t.losses" });
  const graph = await loadGraph(document, { nodes: trainingNodes });
  try {
    const { states } = await run(graph, { backend: "onnx-native" });
    return { state: states["t"]!, losses: states["t"]!.losses["total"]! };
  } finally {
    await graph.dispose();
  }
}

describe.each(peer.cases.map((c) => [`${c.name}, ${c.method}`, c] as const))(`%s, against ${peer.from}`, (_title, expected) => {
  test("the gradient", async () => {
    // After the first step the momentum is the gradient, and Adam's mean a tenth of it.
    const { state } = await steps(expected, 1, 0);
    const first = state.carried[expected.method === "adam" ? "state.m" : "state.velocity"]!;
    expect(apart(expected.method === "adam" ? first.data.map((v) => v * 10) : first.data, flat(expected.gradients))).toBeLessThan(1e-5);
  });

  test("the weights after one step and after three, and the losses before each", async () => {
    for (const { step, weights } of expected.after) {
      const { state, losses } = await steps(expected, step, 0.02);
      expect(apart(state.carried["params"]!.data, flat(weights))).toBeLessThan(1e-5);
      expect(apart(losses, expected.losses.slice(0, step))).toBeLessThan(1e-5);
    }
  });
});
