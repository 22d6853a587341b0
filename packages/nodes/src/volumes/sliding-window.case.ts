/** A worked example of Sliding window: a network for 4×4 over a picture of 6×4, in two windows. */
import { float32, tensorValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";
import { TINY_ENCODING, tinyNetwork } from "../testing/tiny-network.ts";

/** The first four rows are the tiny network's picture, k/47; the last two are black. */
const picture = float32([1, 6, 4, 3], Array.from({ length: 72 }, (_, k) => (k < 48 ? k / 47 : 0)));

function inTwo(value: RuntimeValue): void {
  if (value.kind !== "tensor" || String(value.shape) !== "1,6,4,1") throw new Error("no map of the picture's size");
  // Each window fills its two middle rows, and up to the border what is left: three rows each.
  value.data.subarray(0, 12).forEach((v) => { if (Math.abs(v - TINY_ENCODING[0]![0]!) > 1e-5) throw new Error(`${v} in the first window`); });
  const rest = value.data.subarray(12);
  if (rest.some((v) => v !== rest[0]) || Math.abs(rest[0]! - TINY_ENCODING[0]![0]!) < 1e-3) throw new Error(`${rest} in the second`);
}

export const cases: NodeCase[] = [
  { name: "two windows", params: { stride: 2, score: "plain", class: 0 }, inputs: { network: tinyNetwork(), input: tensorValue(picture) }, expected: { map: inTwo }, from: "NumPy, tests/peers/tiny_network.py, and by hand" },
];
