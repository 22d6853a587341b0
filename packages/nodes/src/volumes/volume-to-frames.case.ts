/** Worked examples of Volume to frames: the three ways to cut two slices of two rows and three columns. */
import { float32, tensorValue, type ImagesValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

/** Values are z y x in digits, by 255: bytes are the digits. */
const VOLUME = tensorValue(float32([1, 2, 2, 3, 1], [0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112].map((v) => v / 255)));

const greys = (...wanted: { width: number; values: number[] }[]) => (value: RuntimeValue) => {
  const found = (value as ImagesValue).items.map(({ image }) => ({ width: image.width, values: [...image.data].filter((_, i) => i % 3 === 0) }));
  const uneven = (value as ImagesValue).items.some(({ image }) => image.data.some((v, i) => v !== image.data[i - (i % 3)]));
  if (uneven || JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
};

export const cases: NodeCase[] = [
  { name: "along the depth", inputs: { volume: VOLUME }, expected: { images: greys({ width: 3, values: [0, 1, 2, 10, 11, 12] }, { width: 3, values: [100, 101, 102, 110, 111, 112] }) }, from: "by hand" },
  { name: "along the height, the last slice on top", params: { axis: "height" }, inputs: { volume: VOLUME }, expected: { images: greys({ width: 3, values: [100, 101, 102, 0, 1, 2] }, { width: 3, values: [110, 111, 112, 10, 11, 12] }) }, from: "by hand" },
  { name: "along the width", params: { axis: "width" }, inputs: { volume: VOLUME }, expected: { images: greys({ width: 2, values: [100, 110, 0, 10] }, { width: 2, values: [101, 111, 1, 11] }, { width: 2, values: [102, 112, 2, 12] }) }, from: "by hand" },
  {
    name: "a colour in a range of its own",
    params: { low: -1, high: 3 }, inputs: { volume: tensorValue(float32([1, 1, 1, 1, 3], [-5, 1, 9])) },
    expected: { images: { kind: "images", items: [{ name: "depth 1", image: { kind: "image", width: 1, height: 1, name: "depth 1", data: Uint8Array.of(0, 128, 255) } }] } },
    from: "by hand: 255·(1+1)/4 = 127.5, rounded up",
  },
];
