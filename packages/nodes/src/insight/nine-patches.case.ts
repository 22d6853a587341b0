/** A worked example of Nine patches: the tiny network's units on pictures of 4×4, whose receptive fields can be counted. */
import type { ImageValue, NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";
import { TINY_ACTIVE, tinyNetwork } from "../testing/tiny-network.ts";

/** 255·k/47, so that its numbers are nearly k/47. */
const rising: ImageValue = { kind: "image", name: "rising", width: 4, height: 4, data: Uint8Array.from({ length: 48 }, (_, k) => Math.round((255 * k) / 47)) };
const black: ImageValue = { kind: "image", name: "black", width: 4, height: 4, data: new Uint8Array(48) };

function isRight(value: RuntimeValue): void {
  if (value.kind !== "patches") throw new Error(`a ${value.kind} came out`);
  const [unit] = value.units;
  if (!unit || value.units.length !== 1 || unit.channel !== 0 || unit.layer !== "relu") throw new Error(JSON.stringify(value.units.map((u) => [u.layer, u.channel])));
  // On black only the bias of 0.5 is left, everywhere alike: the first position counts, and it beats the best of the other picture.
  const [first, second] = unit.patches;
  if (first?.name !== "black" || Math.abs(first.activation - 0.5) > 1e-6) throw new Error(`first ${first?.name} ${first?.activation}`);
  if (second?.name !== "rising" || Math.abs(second.activation - TINY_ACTIVE[0]![0]![0]![0]!) > 0.01) throw new Error(`second ${second?.name} ${second?.activation}`);
  // Rows and columns −1…1 around position 0 of a 3×3 window of stride 2, cropped at the border.
  if (JSON.stringify(second.box) !== JSON.stringify({ x: 0, y: 0, width: 2, height: 2 }) || String(second.at) !== "0,0") throw new Error(JSON.stringify(second));
  if (String(second.image.data) !== String([0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17].map((k) => rising.data[k]))) throw new Error(`cut ${second.image.data}`);
  if (value.receptiveFields["relu"] !== 3) throw new Error(`sees ${value.receptiveFields["relu"]}`);
}

export const cases: NodeCase[] = [
  {
    name: "one channel over two pictures",
    params: { network: "wired", layers: ["relu"], channels: "0" },
    inputs: { network: tinyNetwork(), images: { kind: "images", items: [{ name: "rising", image: rising }, { name: "black", image: black }] } },
    expected: { patches: isRight },
    from: "NumPy, tests/peers/tiny_network.py, and by hand",
  },
];
