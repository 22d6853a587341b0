/** Worked examples of Recognise: several photos of a person count once, and a stranger stays nameless. */
import { float32, tensorValue, type GalleryValue, type IdentityValue, type NodeCase } from "@patchbay/runtime/node-api";

const gallery: GalleryValue = {
  kind: "gallery", network: "face-128", width: 2,
  entries: [["Nora", 0, 0], ["Ben", 1, 0], ["Nora", 0.25, 0], ["Mara", 0, 2]].map(([name, x, y]) => ({ name: name as string, encoding: Float32Array.of(x as number, y as number) })),
};
const query = (x: number, y: number) => ({ encoding: tensorValue(float32([1, 2], [x, y]), "face-128"), gallery });
const identity = (name: string | null, distance: number, ...candidates: [string, number][]): IdentityValue => ({ kind: "identity", name, distance, threshold: 0.5, candidates: candidates.map(([n, d]) => ({ name: n, distance: d })) });

export const cases: NodeCase[] = [
  { name: "by the nearest photo", inputs: query(0.5, 0), expected: { identity: identity("Nora", 0.25, ["Nora", 0.25], ["Ben", 0.5], ["Mara", Math.sqrt(4.25)]) }, from: "by hand" },
  { name: "not recognised", params: { topK: 2 }, inputs: query(1, 1), expected: { identity: identity(null, 1, ["Ben", 1], ["Nora", 1.25]) }, from: "by hand" },
  { name: "Manhattan", params: { metric: "manhattan", topK: 1 }, inputs: query(1, 0.25), expected: { identity: identity("Ben", 0.25, ["Ben", 0.25]) }, from: "by hand" },
  { name: "χ²", params: { metric: "chi-squared", topK: 1 }, inputs: query(0.5, 2), expected: { identity: identity("Mara", 0.5, ["Mara", 0.5]) }, from: "by hand: 0.25/0.5 + 0/4" },
  { name: "cosine", params: { metric: "cosine", topK: 1 }, inputs: query(0, 5), expected: { identity: identity("Mara", 0, ["Mara", 0]) }, from: "by hand" },
];
