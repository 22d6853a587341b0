/** The worked example of Gallery: what happens without a file (files have tests of their own). */
import type { GalleryValue, NodeCase } from "@patchbay/runtime/node-api";

const known: GalleryValue = { kind: "gallery", network: "face-128", width: 2, entries: [{ name: "Nora", encoding: Float32Array.of(1, 2) }] };

export const cases: NodeCase[] = [{ name: "passes its fallback on while no file is chosen", inputs: { fallback: known }, expected: { gallery: known }, from: "by hand" }];
