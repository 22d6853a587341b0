/** Worked examples of Conv3D. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const shapeOnly = () => {};

export const cases: NodeCase[] = [
  {
    name: "by hand: the sum of a cube", inputs: { input: tensorValue(float32([1, 2, 2, 2, 1], [1, 2, 3, 4, 5, 6, 7, 8])), filters: tensorValue(float32([2, 2, 2, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1])) },
    expected: { output: tensorValue(float32([1, 1, 1, 1, 1], [36])) }, from: "by hand", differentiable: ["input", "filters"],
  },
  {
    name: "two channels, stride 2", params: { stride: 2 }, inputs: { input: busy([1, 4, 3, 4, 2]), filters: busy([2, 2, 2, 2, 2], -1, 1, 2) },
    expected: { output: tensorValue(float32([1, 2, 1, 2, 2], [0.67961604, -1.111168, -1.3287679, 1.2561919, 0.12102394, 0.14470396, 0.29446403, 0.26086398])) },
    from: "PyTorch 1.13, tests/peers/node_cases.py", differentiable: ["input", "filters"],
  },
  { name: "14×14×14×1 ∗ 5×5×5×1, 16 filters → 10×10×10×16", params: { filters: 16, kernel: 5 }, inputs: { input: busy([1, 14, 14, 14, 1]) }, expected: { output: shapeOnly }, from: "by hand: the shape" },
];
