/** Worked examples of StyleCost: every normalisation, one layer and two. */
import { float32, tensorValue, type ActivationsValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";
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
];
