/** Worked examples of Normalise. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [
  {
    name: "one number a channel",
    params: { mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 2] },
    inputs: { input: tensorValue(float32([1, 1, 2, 3], [1, 0.5, 1, 0, 0.25, 0.5])) },
    expected: { output: tensorValue(float32([1, 1, 2, 3], [1, 1, 0.5, -1, 0, 0.25])) },
    from: "by hand",
    differentiable: ["input"],
  },
  {
    name: "the 128-D encoder's input: bytes, three means, one deviation",
    params: { scale: 255, mean: [122.782, 117.001, 104.298], deviation: [256] },
    inputs: { input: tensorValue(float32([1, 1, 1, 3], [1, 0, 0.4])) },
    expected: { output: tensorValue(float32([1, 1, 1, 3], [132.218 / 256, -117.001 / 256, -2.298 / 256])) },
    from: "by hand",
    differentiable: ["input"],
  },
];
