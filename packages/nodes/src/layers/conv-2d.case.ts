/** Worked examples of Conv2D. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";
const shapeOnly = () => {};

export const cases: NodeCase[] = [
  {
    name: "by hand: a vertical edge", inputs: { input: tensorValue(float32([1, 3, 4, 1], [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0])), filters: tensorValue(float32([3, 3, 1, 1], [1, 0, -1, 1, 0, -1, 1, 0, -1])) },
    expected: { output: tensorValue(float32([1, 1, 2, 1], [3, 3])) }, from: "by hand", differentiable: ["input", "filters"],
  },
  {
    name: "same padding with stride 2, the odd position at the end", params: { stride: 2, padding: "same" }, inputs: { input: busy([1, 5, 4, 3]), filters: busy([3, 3, 3, 2], -1, 1, 2) },
    expected: { output: tensorValue(float32([1, 3, 2, 2], [0.52403201, -1.167232, 0.82879997, 0.53350406, 0.3761921, -1.30304, 0.54259196, -0.1757439, -2.2072319, -0.044735973, -2.1056, 1.082304])) },
    from, differentiable: ["input", "filters"],
  },
  {
    name: "a 2×3 kernel from the wire, a bias of 0.5", params: { bias: 0.5 }, inputs: { input: busy([1, 3, 4, 2]), filters: busy([2, 3, 2, 2], -1, 1, 2) },
    expected: { output: tensorValue(float32([1, 2, 2, 2], [0.61875198, -1.735104, -0.32633604, 0.86176, 0.53804803, 1.631232, -0.39839995, 0.0024959804].map((v) => v + 0.5))) },
    from, differentiable: ["input"],
  },
  {
    name: "trainable: biases begin at the parameter", params: { filters: 2, kernel: 2, bias: 0.25, trainable: true }, inputs: { input: tensorValue(float32([1, 2, 2, 1], [0, 0, 0, 0])) },
    expected: { output: tensorValue(float32([1, 1, 1, 2], [0.25, 0.25])) }, from: "by hand: nothing but the biases", differentiable: ["input"],
  },
  { name: "14×14×3 ∗ 5×5×3, 16 filters → 10×10×16", params: { filters: 16, kernel: 5 }, inputs: { input: busy([1, 14, 14, 3]) }, expected: { output: shapeOnly }, from: "by hand: the shape" },
  { name: "10×10×16 ∗ 5×5×16, 32 filters → 6×6×32", params: { filters: 32, kernel: 5 }, inputs: { input: busy([1, 10, 10, 16]) }, expected: { output: shapeOnly }, from: "by hand: the shape" },
];
