/** The worked example of Trainer: what it asks of the runtime. What comes of it is in training.test.ts. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [
  { name: "its file", params: { method: "momentum", learningRate: 0.05, weightDecay: 0.001, steps: 3, schedule: "cosine", warmup: 1, validate: "classification", validateEvery: 2, patience: 4 }, inputs: { loss: tensorValue(float32([], [1])) }, expected: {}, from: "by hand" },
];
