/** Worked examples of ImageOutput: rounding at the half, clipping outside. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [
  {
    name: "rounds to the nearest of 256 levels and clips",
    inputs: { image: tensorValue(float32([1, 1, 2, 3], [0, 0.5, 1, -0.3, 1.7, 0.1])) },
    // 0.5·255 = 127.5 rounds up; 0.1·255 = 25.5, a hair above in float32.
    expected: { image: { kind: "image", width: 2, height: 1, data: Uint8Array.of(0, 128, 255, 0, 255, 26) } },
    from: "by hand",
  },
  {
    name: "leaves a decoded picture alone",
    inputs: { image: { kind: "image", width: 1, height: 1, data: Uint8Array.of(1, 2, 3) } },
    expected: { image: { kind: "image", width: 1, height: 1, data: Uint8Array.of(1, 2, 3) } },
    from: "by hand",
  },
];
