/** The worked example of Encode dataset: the face network on plain grey pictures, as the Encoder has it, however many there are. */
import type { DatasetValue, NodeCase } from "@patchbay/runtime/node-api";

/** 33 pictures: more than are encoded at once. All but the last are alike. */
const dataset: DatasetValue = {
  kind: "dataset", example: [24, 24, 3], meaning: "image", data: Uint8Array.from({ length: 33 * 1728 }, (_, i) => (i < 32 * 1728 ? 128 : (i * 37) % 256)), classes: ["a", "b"],
  labels: Int32Array.from({ length: 33 }, (_, i) => i % 2), heldOut: Uint8Array.from({ length: 33 }, (_, i) => Number(i > 20)), names: Array.from({ length: 33 }, (_, i) => `p${i}`),
};

export const cases: NodeCase[] = [
  {
    name: "equal pictures have equal encodings of length one, with classes and thumbnails", params: { normalise: true }, inputs: { dataset }, from: "by hand: ‖f‖ = 1",
    expected: {
      dataset: (value) => {
        const d = value as DatasetValue;
        const row = (i: number) => [...d.data.subarray(i * 128, (i + 1) * 128)];
        const length = (x: number[]) => Math.hypot(...x);
        const apart = (x: number[], y: number[]) => length(x.map((v, i) => v - y[i]!));
        const told = [d.example[0], d.network, d.labels === dataset.labels || [...d.labels].join() === [...dataset.labels].join(), d.heldOut[32], d.thumbnails!.length, d.thumbnails![32]!.width].join();
        if (told !== "128,face-128+l2,true,1,33,24") throw new Error(told);
        if (Math.abs(length(row(0)) - 1) > 1e-5 || apart(row(0), row(31)) > 1e-4 || apart(row(0), row(32)) < 0.1) throw new Error(`lengths ${length(row(0))}, apart ${apart(row(0), row(31))} and ${apart(row(0), row(32))}`);
      },
    },
  },
];
