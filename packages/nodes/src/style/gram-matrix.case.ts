/** Worked examples of GramMatrix. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";
const activations = busy([1, 3, 4, 5], 0, 2);
const matrix = (values: readonly number[]) => ({ gram: tensorValue(float32([5, 5], values)) });

const GRAM = [
  6.966912, 9.773568, 7.189824, 8.0026881, 8.951168, 9.773568, 18.434048, 11.682432, 11.413952, 14.287296, 7.189824, 11.682432, 13.284992,
  11.611968, 11.305856, 8.0026881, 11.413952, 11.611968, 15.054464, 10.17536, 8.951168, 14.287296, 11.305856, 10.17536, 15.377664,
];
const COVARIANCE = [
  0.14144889, 0.097016888, -0.027288884, 0.057237339, 0.078846218, 0.097016888, 0.36400355, -0.049944888, -0.04489066, 0.10072357, -0.027288884,
  -0.049944888, 0.21342756, 0.097957336, -0.0094808919, 0.057237339, -0.04489066, 0.097957336, 0.40813868, -0.07818668, 0.078846218, 0.10072357,
  -0.0094808919, -0.07818668, 0.26809423,
];

export const cases: NodeCase[] = [
  {
    name: "by hand: two positions, two channels", inputs: { activations: tensorValue(float32([1, 1, 2, 2], [1, 2, 3, 4])) },
    expected: { gram: tensorValue(float32([2, 2], [10, 14, 14, 20])) }, from: "by hand", differentiable: ["activations"],
  },
  { name: "sums of products", inputs: { activations }, expected: matrix(GRAM), from, differentiable: ["activations"] },
  { name: "means of products", params: { normalise: "by-positions" }, inputs: { activations }, expected: matrix(GRAM.map((v) => v / 12)), from, differentiable: ["activations"] },
  { name: "covariance", params: { statistic: "covariance" }, inputs: { activations }, expected: matrix(COVARIANCE), from, differentiable: ["activations"] },
];
