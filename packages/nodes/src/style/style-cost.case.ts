/** Worked examples of StyleCost: every normalisation, one layer and two. */
import { float32, tensorValue, type ActivationsValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";
const masked = "PyTorch 1.13, tests/peers/style_cases.py";
const [style, generated] = [busy([1, 3, 4, 5], 0, 2, 2), busy([1, 3, 4, 5], 0, 2, 5)];
const costs = (cost: number, layers = [cost]) => ({ cost: tensorValue(float32([], [cost])), layers: tensorValue(float32([layers.length], layers)) });
const one = { inputs: { style, generated }, from, differentiable: ["style", "generated"] };
const wire = (first: typeof style, second: typeof style): ActivationsValue => ({ kind: "activations", network: "some-network", layers: [{ name: "c0", tensor: first }, { name: "c1", tensor: second }] });
const two = { style: wire(style, busy([1, 2, 3, 4], 0, 2, 3)), generated: wire(generated, busy([1, 2, 3, 4], 0, 2, 4)) };

export const cases: NodeCase[] = [
  { ...one, name: "as published", expected: costs(0.011348548) },
  { ...one, name: "divided by 2·nH·nW·nC", params: { normalisation: "per-element" }, expected: costs(1.3618258) },
  { ...one, name: "not divided", params: { normalisation: "none" }, expected: costs(163.41909) },
  { ...one, name: "Gram matrices relative to the style's", params: { normalisation: "relative" }, expected: costs(0.042256847) },
  { ...one, name: "covariances, not divided", params: { statistic: "covariance", normalisation: "none" }, expected: costs(0.23599224) },
  { ...one, name: "the default transfer's, on one layer", params: { statistic: "covariance", normalisation: "relative" }, expected: costs(0.45504846) },
  {
    name: "the default transfer's, on two layers with equal weights", params: { statistic: "covariance", normalisation: "relative" }, inputs: two,
    expected: costs((0.45504846 + 0.027308069) / 2, [0.45504846, 0.027308069]), from,
  },
  {
    name: "layers chosen and weighted by λ", params: { statistic: "covariance", normalisation: "relative", layers: ["c1", "c0"], layerWeights: [0.25, 2] }, inputs: two,
    expected: costs(0.25 * 0.027308069 + 2 * 0.45504846, [0.027308069, 0.45504846]), from,
  },
  {
    name: "a smaller style picture, size-invariant", params: { sizeInvariant: true }, inputs: { style: busy([1, 2, 3, 5], 0, 2, 2), generated },
    expected: costs(0.020034657), from, differentiable: ["generated"],
  },
  {
    name: "under a mask whose pixels do not divide among the positions", params: { statistic: "covariance", normalisation: "relative" },
    inputs: { style, generated, mask: busy([1, 7, 10, 3], 0, 1, 3) }, expected: costs(0.46176882), from: masked, differentiable: ["style", "generated", "mask"],
  },
  {
    name: "a part of the style for a part of the picture", params: { statistic: "covariance", normalisation: "relative" },
    inputs: { style, generated, mask: busy([1, 7, 10, 3], 0, 1, 3), styleMask: busy([1, 6, 8, 3], 0, 1, 7) }, expected: costs(0.49478556), from: masked, differentiable: ["generated", "styleMask"],
  },
  { name: "a Gram matrix under a mask", inputs: { style, generated, mask: busy([1, 7, 10, 3], 0, 1, 3) }, expected: costs(0.011157023), from: masked, differentiable: ["generated"] },
  {
    name: "a white mask changes nothing", inputs: { style, generated, mask: tensorValue(float32([1, 5, 5, 3], new Float32Array(75).fill(1))) }, expected: costs(0.011348548), from,
  },
  {
    name: "a mask of one position leaves that one alone", params: { normalisation: "none" }, expected: costs(9 * 25),
    inputs: {
      style: tensorValue(float32([1, 1, 3, 1], [0, 0, 0])), generated: tensorValue(float32([1, 1, 3, 1], [7, Math.sqrt(5), 8])),
      mask: tensorValue(float32([1, 1, 3, 3], [0, 0, 0, 0.4, 0.4, 0.4, 0, 0, 0])),
    },
    from: "by hand: (3 positions · 5)²", differentiable: ["generated"],
  },
];
