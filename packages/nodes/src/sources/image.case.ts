/** The worked example of Image: a file cannot be read here, so it shows what happens without one. */
import type { ImageValue, NodeCase } from "@patchbay/runtime/node-api";

const picture: ImageValue = { kind: "image", width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 255) };

export const cases: NodeCase[] = [
  { name: "passes its fallback on while no file is chosen", inputs: { fallback: picture }, expected: { image: picture }, from: "by hand" },
];
