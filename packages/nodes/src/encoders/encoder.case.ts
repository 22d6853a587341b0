/** Worked examples of Encoder: numbers of face-api's own network, on a picture that a formula gives. */
import type { NodeCase, RuntimeValue, TensorValue } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

/** The first 16 of 128, from networks/face-api-expected.json. */
const FIRST = [-0.0979128927, 0.0953125283, 0.0564037673, -0.020669695, -0.18909128, -0.0606936179, -0.0644516498, -0.091502443, 0.0782523304, -0.0547747351, 0.124101125, -0.0820022374, -0.219988212, 0.00445594778, -0.0672560334, 0.119532183];
const from = "@vladmandic/face-api 1.7.15, tests/peers/face-api-expected.mjs";
const image = busy([1, 150, 150, 3], 0, 1);

function near(scale: number, tolerance: number) {
  return (value: RuntimeValue) => {
    const { shape, network, data } = value as TensorValue;
    const length = Math.hypot(...data);
    const worst = Math.max(...FIRST.map((v, i) => Math.abs(data[i]! - v * scale)));
    if (String(shape) !== "1,128" || !(worst < tolerance)) throw new Error(`[${shape}] of “${network}”, length ${length}, off by ${worst}`);
    if (scale !== 1 && Math.abs(length - 1) > 1e-5) throw new Error(`its length is ${length}`);
  };
}

/** The length of the plain encoding, by which the other is divided. */
const LENGTH = 1.2948953193140569;

export const cases: NodeCase[] = [
  { name: "128 numbers", inputs: { image }, expected: { encoding: near(1, 2e-6) }, from },
  { name: "of length one", params: { normalise: true }, inputs: { image }, expected: { encoding: near(1 / LENGTH, 1e-5) }, from },
];
