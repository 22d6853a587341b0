/** Worked examples of Conv1D: the heartbeat's two layers, and numbers from another framework. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";
const shapeOnly = () => {};

export const cases: NodeCase[] = [
  {
    name: "by hand: a difference filter", inputs: { input: tensorValue(float32([1, 4, 1], [1, 4, 9, 16])), filters: tensorValue(float32([2, 1, 1], [-1, 1])) },
    expected: { output: tensorValue(float32([1, 3, 1], [3, 5, 7])) }, from: "by hand", differentiable: ["input", "filters"],
  },
  {
    name: "stride 2, dilation 2, biases on the wire", params: { stride: 2, dilation: 2 },
    inputs: { input: busy([1, 11, 2]), filters: busy([3, 2, 3], -1, 1, 2), biases: busy([3], -1, 1, 3) },
    expected: { output: tensorValue(float32([1, 4, 3], [-1.822912, 0.11308798, 0.692544, -0.36544007, 0.34214397, 1.016, 1.086336, -0.16006398, -0.696256, -1.46752, -1.361408, -0.38003201])) },
    from, differentiable: ["input", "filters", "biases"],
  },
  {
    name: "explicit padding, two examples", params: { padding: "explicit", pad: 1 }, inputs: { input: busy([2, 4, 1]), filters: busy([3, 1, 1], -1, 1, 2) },
    expected: { output: tensorValue(float32([2, 4, 1], [0.434944, 1.016576, 0.502912, -0.147456, 0.39679999, 0.70406398, -0.37772799, -0.66566398])) }, from, differentiable: ["input"],
  },
  { name: "14×1 ∗ 5×1, 16 filters → 10×16", params: { filters: 16, kernel: 5 }, inputs: { input: busy([1, 14, 1]) }, expected: { output: shapeOnly }, from: "by hand: the shape" },
  { name: "10×16 ∗ 5×16, 32 filters → 6×32", params: { filters: 32, kernel: 5 }, inputs: { input: busy([1, 10, 16]) }, expected: { output: shapeOnly }, from: "by hand: the shape" },
];
