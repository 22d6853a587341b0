/** Worked examples of Logistic verifier: given weights, and what the default means. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

export const cases: NodeCase[] = [
  {
    name: "a weight for each feature", params: { weights: [0.5, -1, 2, 0.25], bias: -0.3 }, inputs: { features: busy([3, 4]) },
    expected: { probability: tensorValue(float32([3], [0.43339816, 0.73807746, 0.11364882])), score: tensorValue(float32([3], [-0.268, 1.036, -2.054])) }, from: "PyTorch 1.13, tests/peers/face_cases.py", differentiable: ["features"],
  },
  {
    name: "the default says one half at a distance of 0.6", inputs: { features: tensorValue(float32([1, 2], [0.2, 0.16])) },
    expected: { probability: tensorValue(float32([], [0.5])) }, from: "by hand: σ(7.2 − 20·0.36) = σ(0)", tolerance: 1e-6,
  },
  {
    name: "and 0.98 at a distance of 0.4", inputs: { features: tensorValue(float32([1, 2], [0.1, 0.06])) },
    expected: { probability: tensorValue(float32([], [0.98201379])) }, from: "by hand: σ(7.2 − 20·0.16) = σ(4)", tolerance: 1e-6,
  },
];
