/** Worked examples of Dense. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

export const cases: NodeCase[] = [
  {
    name: "weights and biases from the wire", inputs: { input: busy([2, 5]), weights: busy([5, 3], -1, 1, 2), biases: busy([3], -1, 1, 3) },
    expected: { output: tensorValue(float32([2, 3], [-0.85747197, -0.041791998, -0.45452799, -0.46310401, -0.61075195, 1.104576])) },
    from: "PyTorch 1.13, tests/peers/node_cases.py", differentiable: ["input", "weights", "biases"],
  },
  { name: "random weights of the size asked for", params: { units: 7 }, inputs: { input: tensorValue(float32([1, 2], [0, 0])) }, expected: { output: tensorValue(float32([1, 7], [0, 0, 0, 0, 0, 0, 0])) }, from: "by hand: nothing in, nothing out" },
  { name: "trainable: biases begin at 0", params: { units: 3, trainable: true, seed: 4 }, inputs: { input: tensorValue(float32([1, 2], [0, 0])) }, expected: { output: tensorValue(float32([1, 3], [0, 0, 0])) }, from: "by hand", differentiable: ["input"] },
];
