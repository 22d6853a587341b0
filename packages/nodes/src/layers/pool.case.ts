/** Worked examples of Pool. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";

export const cases: NodeCase[] = [
  {
    name: "the largest of 2×2, the odd edge left out", inputs: { input: busy([1, 5, 5, 2]) },
    expected: { output: tensorValue(float32([1, 2, 2, 2], [0.66399997, 0.47999999, 0.87199998, 0.22400001, 0.57599998, -0.12, 0.46399999, 0.36000001])) }, from, differentiable: ["input"],
  },
  {
    name: "same padding never wins", params: { padding: "same" }, inputs: { input: busy([1, 3, 3, 1]) },
    expected: { output: tensorValue(float32([1, 2, 2, 1], [0.47999999, -0.039999999, 0.87199998, -0.98400003])) }, from, differentiable: ["input"],
  },
  {
    name: "means along a signal, padding not counted", params: { kind: "average", size: 3, padding: "explicit", pad: 1 }, inputs: { input: busy([1, 6, 2]) },
    expected: { output: tensorValue(float32([1, 3, 2], [-0.504, -0.040000007, -0.021333332, 0.10933333, -0.16533335, -0.25600001])) }, from, differentiable: ["input"],
  },
  {
    name: "a volume's blocks", params: { kind: "average" }, inputs: { input: tensorValue(float32([1, 2, 2, 2, 1], [1, 2, 3, 4, 5, 6, 7, 8])) },
    expected: { output: tensorValue(float32([1, 1, 1, 1, 1], [4.5])) }, from: "by hand", differentiable: ["input"],
  },
];
