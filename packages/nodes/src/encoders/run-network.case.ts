/** Worked examples of Run network: numbers of NumPy's convolution. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { TINY_ENCODING, tinyNetwork } from "../testing/tiny-network.ts";

const from = "NumPy, tests/peers/tiny_network.py";
const picture = Array.from({ length: 48 }, (_, k) => k / 47);
const network = tinyNetwork();

export const cases: NodeCase[] = [
  { name: "one picture", inputs: { network, input: tensorValue(float32([1, 4, 4, 3], picture)) }, expected: { output: tensorValue(float32([1, 2], TINY_ENCODING.flat()), network.network) }, from, differentiable: ["input"] },
  { name: "a batch", inputs: { network, input: tensorValue(float32([2, 4, 4, 3], [...picture, ...picture])) }, expected: { output: tensorValue(float32([2, 2], [...TINY_ENCODING.flat(), ...TINY_ENCODING.flat()]), network.network) }, from },
];
