/** Worked examples of Enrol: names from pictures and from the parameter, and a photo that is enrolled again. */
import { float32, tensorValue, type GalleryValue, type ImagesValue, type NodeCase } from "@patchbay/runtime/node-api";

const dot = { kind: "image" as const, width: 1, height: 1, data: Uint8Array.of(0, 0, 0) };
const images: ImagesValue = { kind: "images", items: [{ name: "nora/1.jpg", label: "nora", image: dot }, { name: "ben.jpg", image: dot }] };
const encodings = tensorValue(float32([2, 2], [1, 2, 3, 4]), "face-128");
const entry = (name: string, photo: string | undefined, ...values: number[]) => ({ name, ...(photo ? { photo } : {}), encoding: Float32Array.from(values) });
const gallery = (...entries: GalleryValue["entries"]): GalleryValue => ({ kind: "gallery", network: "face-128", width: 2, entries });

export const cases: NodeCase[] = [
  { name: "begins a gallery with the pictures' names", inputs: { encodings, images }, expected: { gallery: gallery(entry("nora", "nora/1.jpg", 1, 2), entry("ben", "ben.jpg", 3, 4)) }, from: "by hand" },
  { name: "one person by name", params: { name: "Mara" }, inputs: { encodings: tensorValue(float32([1, 2], [5, 6]), "face-128") }, expected: { gallery: gallery(entry("Mara", undefined, 5, 6)) }, from: "by hand" },
  {
    name: "adds to known people, and replaces a photo", inputs: { encodings, images, gallery: gallery(entry("nora", "nora/1.jpg", 9, 9), entry("nora", "nora/2.jpg", 8, 8)) }, from: "by hand",
    expected: { gallery: gallery(entry("nora", "nora/2.jpg", 8, 8), entry("nora", "nora/1.jpg", 1, 2), entry("ben", "ben.jpg", 3, 4)) },
  },
];
