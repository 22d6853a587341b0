/** Worked examples of Mask, small enough to be read. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const grey = (rows: number, columns: number, values: readonly number[]) => ({ mask: tensorValue(float32([1, rows, columns, 3], values.flatMap((v) => [v, v, v]))) });
const picture = tensorValue(float32([1, 1, 3, 3], [1, 1, 1, 0, 1, 0, 0.5, 0, 1]));

export const cases: NodeCase[] = [
  {
    name: "a sharp box", params: { shape: "rectangle", left: 25, top: 50, width: 50, height: 25, feather: 0, columns: 4, rows: 4 },
    expected: grey(4, 4, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]), from: "by hand",
  },
  {
    name: "a soft edge, half white on the line; sides on the picture's edge stay white", params: { shape: "rectangle", left: 0, top: 0, width: 50, height: 100, feather: 50, columns: 8, rows: 4 },
    // Two pixels wide around x = 4: centres at 3.5 and 4.5 are 0.5 px to either side.
    expected: grey(4, 8, Array.from({ length: 4 }, () => [1, 1, 1, 0.75, 0.25, 0, 0, 0]).flat()), from: "by hand",
  },
  {
    name: "a slope to the left", params: { shape: "gradient", angle: 180, feather: 100, columns: 4, rows: 1 }, expected: grey(1, 4, [0.875, 0.625, 0.375, 0.125]), from: "by hand",
  },
  {
    name: "a slope downwards with its middle at a quarter", params: { shape: "gradient", angle: 90, middle: 25, feather: 50, columns: 1, rows: 4 }, expected: grey(4, 1, [0.25, 0.75, 1, 1]), from: "by hand",
  },
  {
    name: "a circle, inverted", params: { shape: "ellipse", left: 0, top: 0, width: 100, height: 100, feather: 40, invert: true, columns: 5, rows: 5 },
    // Radius 2.5, feather 2: white's share is (2.5 − distance)/2 + ½, here for distances 0, 1, √2, 2, √5 and √8.
    expected: grey(5, 5, [Math.SQRT2 - 0.75, 0.5 * Math.sqrt(5) - 0.75, 0.25, 0.5 * Math.sqrt(5) - 0.75, Math.SQRT2 - 0.75,
      0.5 * Math.sqrt(5) - 0.75, 0, 0, 0, 0.5 * Math.sqrt(5) - 0.75, 0.25, 0, 0, 0, 0.25, 0.5 * Math.sqrt(5) - 0.75, 0, 0, 0, 0.5 * Math.sqrt(5) - 0.75,
      Math.SQRT2 - 0.75, 0.5 * Math.sqrt(5) - 0.75, 0.25, 0.5 * Math.sqrt(5) - 0.75, Math.SQRT2 - 0.75]),
    from: "by hand",
  },
  { name: "a picture's brightness", params: { shape: "brightness" }, inputs: { image: picture }, expected: grey(1, 3, [1, 0.7152, 0.1063 + 0.0722]), from: "by hand", differentiable: ["image"] },
  { name: "as large as the picture, and inverted", params: { shape: "rectangle", left: 0, top: 0, width: 34, height: 100, feather: 0, invert: true }, inputs: { image: picture }, expected: grey(1, 3, [0, 0.98, 1]), from: "by hand: the edge lies 0.02 px into the second pixel" },
];
