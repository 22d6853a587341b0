/** Worked examples of Face align: a face that lies where the mean face lies, one that is turned by a quarter, and none at all. */
import { float32, tensorValue, type FacesValue, type ImageValue, type NodeCase } from "@patchbay/runtime/node-api";
import { onChip } from "./alignment.ts";

/** Red grows to the right, green downwards, blue is even: bilinear sampling gives it back exactly. */
const picture: ImageValue = {
  kind: "image", width: 64, height: 64, name: "ramp",
  data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => [4 * (Math.floor(i / 3) % 64), 4 * Math.floor(i / 192), 51][i % 3]!),
};
/** The mean face on a chip of 16 pixels, moved into the picture; the jaw and the brows do not matter. */
const faces = (move: (x: number, y: number) => readonly [number, number]): FacesValue => ({
  kind: "faces", image: picture,
  faces: [{ box: { x: 0, y: 0, width: 64, height: 64 }, score: 1, landmarks: Array.from({ length: 68 }, (_, i) => (i < 17 ? [0, 0] as const : move(...onChip(i, 16, 0.25)))) }],
});
const chip = (at: (row: number, column: number) => readonly [x: number, y: number]) =>
  tensorValue(float32([1, 16, 16, 3], Array.from({ length: 256 }, (_, i) => {
    const [x, y] = at(Math.floor(i / 16), i % 16);
    return [(4 * x) / 255, (4 * y) / 255, 0.2];
  }).flat()));

export const cases: NodeCase[] = [
  { name: "a shifted face", params: { size: 16 }, inputs: { faces: faces((x, y) => [x + 20, y + 30]) }, expected: { chips: chip((r, c) => [c + 20, r + 30]) }, from: "by hand: a cut-out", tolerance: 2e-5 },
  { name: "turned by a quarter", params: { size: 16 }, inputs: { faces: faces((x, y) => [40 - y, 20 + x]) }, expected: { chips: chip((r, c) => [39 - r, 20 + c]) }, from: "by hand: rows become columns", tolerance: 2e-5 },
  { name: "twice as large", params: { size: 16 }, inputs: { faces: faces((x, y) => [2 * x + 10, 2 * y + 12]) }, expected: { chips: chip((r, c) => [2 * c + 10.5, 2 * r + 12.5]) }, from: "by hand: the mean of two pixels either way", tolerance: 2e-5 },
  { name: "no face, the whole picture", params: { size: 16, fallback: "whole-image" }, inputs: { faces: { kind: "faces", image: { kind: "image", width: 2, height: 2, data: new Uint8Array(12).fill(51) }, faces: [] } }, expected: { chips: tensorValue(float32([1, 16, 16, 3], new Float32Array(768).fill(0.2))) }, from: "by hand" },
];
