/** Worked examples of Difference features: all four, by another framework. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const EXPECTED: { readonly [feature: string]: readonly number[] } = {
  absolute: [0.352, 0.352, 0.35200001, 0.35200003, 0.35199997, 0.35200001, 1.656, 0.352, 0.352, 0.352, 0.352, 0.352],
  squared: [0.123904, 0.123904, 0.12390401, 0.12390402, 0.12390398, 0.123904, 2.7423359, 0.123904, 0.123904, 0.123904, 0.123904, 0.123904],
  "chi-squared": [0.084173911, 0.16133333, 0.352, 0.094439038, 0.093301189, 0.352, 1.6559999, 0.35199999, 0.076673263, 0.1408, 0.29784615, 0.083268814],
  concatenation: [
    -0.912, -0.56, -0.096000001, 0.47999999, -0.56, -0.208, 0.25600001, 0.83200002, -0.83999997, -0.039999999, 0.87199998, -0.112,
    -0.48800001, 0.31200001, -0.78399998, 0.23999999, -0.98400003, 0.264, -0.384, -0.92000002, -0.63200003, 0.616, -0.032000002, -0.56800002,
  ],
};

export const cases: NodeCase[] = [
  ...Object.entries(EXPECTED).map(([feature, values]): NodeCase => ({
    name: feature, params: { feature }, inputs: { a: busy([3, 4]), b: busy([3, 4], -1, 1, 5) }, expected: { features: tensorValue(float32([3, values.length / 3], values)) },
    from: "PyTorch 1.13, tests/peers/face_cases.py", differentiable: ["a", "b"],
  })),
  {
    name: "one against two, concatenated", params: { feature: "concatenation" }, from: "by hand",
    inputs: { a: tensorValue(float32([1, 2], [1, 2])), b: tensorValue(float32([2, 2], [3, 4, 5, 6])) },
    expected: { features: tensorValue(float32([2, 4], [1, 2, 3, 4, 1, 2, 5, 6])) },
  },
];
