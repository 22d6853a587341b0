/** Worked examples of Crop on a 3×4 picture whose pixels are numbered. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

/** Pixel p (row-major) is p/12 in all three colours. */
const picture = tensorValue(float32([1, 3, 4, 3], Array.from({ length: 36 }, (_, i) => Math.floor(i / 3) / 12)));
const pixels = (height: number, width: number, numbers: readonly number[]) => tensorValue(float32([1, height, width, 3], numbers.flatMap((p) => [p / 12, p / 12, p / 12])));

export const cases: NodeCase[] = [
  { name: "from the corner", params: { place: "corner", x: 1, y: 1, width: 3, height: 2 }, inputs: { image: picture }, expected: { image: pixels(2, 3, [5, 6, 7, 9, 10, 11]) }, from: "by hand", differentiable: ["image"] },
  { name: "in the middle, the odd row above", params: { width: 2, height: 2 }, inputs: { image: picture }, expected: { image: pixels(2, 2, [1, 2, 5, 6]) }, from: "by hand", differentiable: ["image"] },
];
