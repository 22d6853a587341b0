/** Worked examples of Frames to volume: frames of two pixels. */
import { float32, tensorValue, type ImagesValue, type NodeCase } from "@patchbay/runtime/node-api";

const frame = (name: string, ...data: number[]) => ({ name, image: { kind: "image" as const, width: 2, height: 1, data: Uint8Array.from(data) } });
const images: ImagesValue = { kind: "images", items: [frame("1", 255, 0, 51, 0, 0, 0), frame("2", 0, 255, 0, 102, 102, 102), frame("3", 1, 2, 3, 4, 5, 6), frame("4", 255, 255, 255, 255, 255, 255)] };

export const cases: NodeCase[] = [
  {
    name: "the first two frames",
    params: { most: 2 },
    inputs: { images },
    expected: { volume: tensorValue(float32([1, 2, 1, 2, 3], [1, 0, 0.2, 0, 0, 0, 0, 1, 0, 0.4, 0.4, 0.4])) },
    from: "by hand: bytes by 255",
  },
  {
    name: "every third frame",
    params: { every: 3 },
    inputs: { images },
    expected: { volume: tensorValue(float32([1, 2, 1, 2, 3], [1, 0, 0.2, 0, 0, 0, 1, 1, 1, 1, 1, 1])) },
    from: "by hand",
  },
];
