/** Worked examples of Signal windows: a short signal whose windows can be written down, and a heartbeat whose peaks are known. */
import { float32, tensorValue, type DatasetValue, type NodeCase, type RuntimeValue, type TableValue } from "@patchbay/runtime/node-api";
import { heartbeat } from "./signal-heartbeat.ts";

const COUNTED = tensorValue(float32([1, 10, 1], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
const BEATS: TableValue = { kind: "table", columns: ["sample", "label"], rows: [[7, "V"], [1, "N"], [3, "N"], [5, "+"]] };
/** A beat every 128 samples, 75 a minute or so at 160 samples a second. */
const EKG = heartbeat({ length: 2560, channels: 1, beat: 128, noise: 0.02, seed: 3 });

const of = (value: Partial<DatasetValue>): DatasetValue => ({ kind: "dataset", example: [4, 1], meaning: "signal", data: new Float32Array(), classes: [], labels: new Int32Array(), heldOut: new Uint8Array(), names: [], ...value });

export const cases: NodeCase[] = [
  {
    name: "two windows of four samples, one beat too near to the beginning, one label not wanted",
    params: { window: 4, before: 0.5, labels: "N, V=premature", holdOut: 0 },
    inputs: { signal: COUNTED, beats: BEATS },
    expected: {
      dataset: of({ data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), classes: ["N", "premature"], labels: Int32Array.of(0, 1), heldOut: Uint8Array.of(0, 0), names: ["N at 3", "premature at 7"] }),
      beats: { kind: "table", columns: ["sample", "label"], rows: [[3, "N"], [7, "premature"]] },
      table: { kind: "table", columns: ["class", "examples", "held out"], rows: [["N", 1, 0], ["premature", 1, 0]] },
    },
    from: "by hand",
  },
  {
    name: "annotations from a file, each window with mean 0 and deviation 1",
    params: { file: `data:text/csv,${encodeURIComponent("label,sample\nN,3\nN,7\n")}`, window: 4, before: 0.5, scale: "standard", holdOut: 0.5 },
    inputs: { signal: COUNTED },
    expected: {
      // Four numbers one apart: deviation √1.25.
      dataset: (value: RuntimeValue) => {
        const { data, heldOut } = value as DatasetValue;
        const wanted = [-1.5, -0.5, 0.5, 1.5].map((v) => v / Math.sqrt(1.25));
        if ([...wanted, ...wanted].some((w, i) => Math.abs(w - data[i]!) > 1e-6)) throw new Error(`${[...data]} instead of twice ${wanted}`);
        if (heldOut[0]! + heldOut[1]! !== 1) throw new Error(`${[...heldOut]} of two are held out`);
      },
    },
    from: "by hand",
  },
  {
    name: "R peaks of a noisy heartbeat, found to a hundredth of a second",
    params: { at: "peaks", rate: 160, window: 64, before: 0.5, holdOut: 0.25 },
    inputs: { signal: tensorValue(float32([1, 2560, 1], EKG.data)) },
    expected: {
      beats: (value: RuntimeValue) => {
        const found = (value as TableValue).rows.map(([sample]) => sample as number);
        const known = EKG.peaks.filter((p) => p >= 32 && p + 32 <= 2560);
        if (found.length !== known.length || found.some((f, i) => Math.abs(f - known[i]!) > 1.6)) throw new Error(`peaks at ${found} instead of ${known}`);
      },
    },
    from: "by hand: where the waves were drawn",
  },
];
