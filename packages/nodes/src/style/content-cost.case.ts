/** Worked examples of ContentCost. */
import { float32, tensorValue, type ActivationsValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/node_cases.py";
const [content, generated] = [busy([1, 3, 4, 5], 0, 2, 2), busy([1, 3, 4, 5], 0, 2, 5)];
const cost = (value: number) => ({ cost: tensorValue(float32([], [value])) });
const wire = (...layers: ActivationsValue["layers"]): ActivationsValue => ({ kind: "activations", network: "some-network", layers });

export const cases: NodeCase[] = [
  {
    name: "half the sum of squares", inputs: { content: tensorValue(float32([1, 1, 2, 1], [1, 2])), generated: tensorValue(float32([1, 1, 2, 1], [2, 4])) },
    expected: cost(2.5), from: "by hand", differentiable: ["generated"],
  },
  { name: "as published", inputs: { content, generated }, expected: cost(11.0064), from, differentiable: ["content", "generated"] },
  { name: "relative to the content's spread", params: { normalisation: "relative" }, inputs: { content, generated }, expected: cost(1.2965257), from, differentiable: ["content", "generated"] },
  {
    name: "the layer that the content wire carries, among several generated ones",
    inputs: { content: wire({ name: "c4", tensor: content }), generated: wire({ name: "c0", tensor: busy([1, 5, 6, 2]) }, { name: "c4", tensor: generated }) },
    expected: cost(11.0064), from,
  },
];
