/** Worked examples of Plot. */
import { float32, tensorValue, type NodeCase, type SeriesValue } from "@patchbay/runtime/node-api";

const losses: SeriesValue = { kind: "series", x: { name: "step", values: [1, 2, 3] }, curves: [{ name: "total", values: [9, 4, 1] }] };

export const cases: NodeCase[] = [
  { name: "a series as it is", inputs: { series: losses }, expected: { series: losses }, from: "by hand" },
  {
    name: "the channels of a signal",
    inputs: { series: tensorValue(float32([1, 3, 2], [1, 10, 2, 20, 3, 30])) },
    expected: { series: { kind: "series", x: { name: "index", values: [0, 1, 2] }, curves: [{ name: "channel 0", values: [1, 2, 3] }, { name: "channel 1", values: [10, 20, 30] }] } },
    from: "by hand",
  },
];
