/** Worked examples of Unit activation: means of a layer that NumPy computed. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { TINY_ACTIVE, TINY_ENCODING } from "../testing/tiny-network.ts";

const activations = tensorValue(float32([1, 2, 2, 2], TINY_ACTIVE.flat(3)));
const scalar = (value: number) => tensorValue(float32([], [value]));
const from = "NumPy, tests/peers/tiny_network.py";

export const cases: NodeCase[] = [
  { name: "a channel's mean", params: { channel: 1 }, inputs: { activations }, expected: { loss: scalar(-TINY_ENCODING[0]![1]!), activation: scalar(TINY_ENCODING[0]![1]!) }, from, differentiable: ["activations"] },
  { name: "the unit in the middle", params: { channel: 1, where: "centre" }, inputs: { activations }, expected: { activation: scalar(TINY_ACTIVE[0]![1]![1]![1]!) }, from },
];
