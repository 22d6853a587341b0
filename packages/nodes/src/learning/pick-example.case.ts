/** Worked examples of PickExample. */
import { float32, tensorValue, type DatasetValue, type NodeCase } from "@patchbay/runtime/node-api";

const encodings: DatasetValue = { kind: "dataset", example: [2], meaning: "encoding", network: "n", data: Float32Array.of(1, 2, 3, 4, 5, 6), classes: ["ann", "bob"], labels: Int32Array.of(0, 1, 1), heldOut: Uint8Array.of(1, 0, 1), names: ["a", "b", "c"] };
const pixel: DatasetValue = { ...encodings, example: [1, 1, 3], meaning: "image", data: Uint8Array.of(0, 51, 255, 1, 2, 3, 4, 5, 6) };

export const cases: NodeCase[] = [
  { name: "the second of all", params: { index: 1 }, inputs: { dataset: encodings }, expected: { example: tensorValue(float32([1, 2], [3, 4]), "n"), label: { kind: "text", text: "bob" } }, from: "by hand" },
  { name: "the second that is held out", params: { index: 1, part: "held-out" }, inputs: { dataset: encodings }, expected: { example: tensorValue(float32([1, 2], [5, 6]), "n"), label: { kind: "text", text: "bob" } }, from: "by hand" },
  { name: "a picture in 0…1", inputs: { dataset: pixel }, expected: { example: tensorValue(float32([1, 1, 1, 3], [0, 0.2, 1])), label: { kind: "text", text: "ann" } }, from: "by hand: 51 / 255" },
];
