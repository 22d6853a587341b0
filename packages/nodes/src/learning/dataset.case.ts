/** Worked examples of Dataset: embedded pictures, split by hand, and rows in the place of pixels. */
import { float32, tensorValue, type DatasetValue, type ImagesValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

const flat = (name: string, label: string, value: number, width = 2, height = 2) => ({ name, label, image: { kind: "image" as const, width, height, data: new Uint8Array(width * height * 3).fill(value) } });
const people: ImagesValue = { kind: "images", items: [flat("a1", "ann", 10), flat("a2", "ann", 20), flat("b1", "bob", 30), flat("b2", "bob", 40), flat("c1", "cy", 50, 4, 2), flat("c2", "cy", 60), flat("d1", "dee", 70), flat("d2", "dee", 80)] };

/** The last pixel column of a 4×2 picture is white: only “Black borders” and “Stretch” let it in. */
const wide: ImagesValue = { kind: "images", items: [...people.items.slice(0, 7), { ...flat("d2", "dee", 80, 4, 2), image: { kind: "image", width: 4, height: 2, data: Uint8Array.from({ length: 24 }, (_, i) => (i % 12 >= 9 ? 255 : 80)) } }] };

const check = (look: (value: DatasetValue) => unknown, wanted: unknown) => (value: RuntimeValue) => {
  const [told, expected] = [JSON.stringify(look(value as DatasetValue)), JSON.stringify(wanted)];
  if (told !== expected) throw new Error(`${told} instead of ${expected}`);
};

export const cases: NodeCase[] = [
  {
    name: "half of every class held out", params: { width: 2, height: 2, split: "stratified", holdOut: 0.5 }, inputs: { images: people }, from: "by hand: two of each, so one of each",
    expected: {
      dataset: check((d) => [d.example, d.classes, [...d.labels], d.classes.map((_, c) => d.labels.reduce((n, l, i) => n + (l === c ? d.heldOut[i]! : 0), 0)), d.data[0], d.data[12], d.data.length], [[2, 2, 3], ["ann", "bob", "cy", "dee"], [0, 0, 1, 1, 2, 2, 3, 3], [1, 1, 1, 1], 10, 20, 96]),
      table: { kind: "table", columns: ["class", "examples", "held out"], rows: [["ann", 2, 1], ["bob", 2, 1], ["cy", 2, 1], ["dee", 2, 1]] },
    },
  },
  {
    name: "whole people held out: two of four", params: { width: 2, height: 2, holdOut: 0.5 }, inputs: { images: people }, from: "by hand: both of a person or none",
    expected: { dataset: check((d) => [d.heldOut.reduce((n, h) => n + h, 0), d.heldOut.every((h, i) => h === d.heldOut[i ^ 1])], [4, true]) },
  },
  {
    name: "the middle of a wide picture", params: { width: 2, height: 2 }, inputs: { images: wide }, from: "by hand: columns 1 and 2 of 4",
    expected: { dataset: check((d) => [...d.data.subarray(84)], [80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80]) },
  },
  {
    name: "stretched, its right half grows brighter", params: { width: 2, height: 1, fit: "stretch" }, inputs: { images: wide }, from: "by hand: a triangle of radius 2 around each column's middle; the right one is (80·(⅛+⅜) + 80·⅜ … 255·…)",
    expected: { dataset: check((d) => [d.example, d.data[42]! < d.data[45]!, d.data[45]! > 120], [[1, 2, 3], true, true]) },
  },
  {
    name: "encodings in the place of pixels keep the pictures as thumbnails", params: { holdOut: 0 }, from: "by hand",
    inputs: { images: people, examples: { ...tensorValue(float32([8, 2], Array.from({ length: 16 }, (_, i) => i))), network: "net" } },
    expected: { dataset: check((d) => [d.example, d.meaning, d.network, [...d.data].slice(0, 4), d.thumbnails!.length, d.thumbnails![4]!.width, [...d.heldOut]], [[2], "encoding", "net", [0, 1, 2, 3], 8, 4, [0, 0, 0, 0, 0, 0, 0, 0]]) },
  },
];
