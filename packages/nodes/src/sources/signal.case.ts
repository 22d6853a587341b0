/** Worked examples of Signal: the synthetic heartbeat's rhythm and height, which can be counted, and columns of a small file. */
import { float32, tensorValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

function beatsEvery(samples: number, length: number) {
  return (value: RuntimeValue) => {
    if (value.kind !== "tensor") throw new Error(`a ${value.kind} came out`);
    const x = value.data;
    // An R peak: above half height and the largest of its neighbourhood.
    const peaks: number[] = [];
    for (let t = 2; t < length - 2; t++) if (x[t]! > 0.5 && x[t]! >= x[t - 1]! && x[t]! > x[t + 1]! && t - (peaks.at(-1) ?? -9) > 8) peaks.push(t);
    const gaps = peaks.slice(1).map((t, i) => t - peaks[i]!);
    if (peaks.length < length / samples - 2) throw new Error(`only ${peaks.length} beats in ${length} samples`);
    if (gaps.some((g) => g < 0.85 * samples || g > 1.15 * samples)) throw new Error(`beats at a distance of ${gaps}`);
  };
}

const FILE = `data:text/csv,${encodeURIComponent("t;I;II;beat\n0;0,5;1;\n1;0,25;2;N\n2;-1;3;N\n3;0;4;V\n")}`;

export const cases: NodeCase[] = [
  { name: "a beat every 100 samples", params: { length: 1000, beat: 100, noise: 0 }, expected: { signal: beatsEvery(100, 1000) }, from: "by hand: counted" },
  { name: "the worked case's length", params: { length: 14, beat: 14 }, expected: { signal: () => {} }, from: "by hand: the shape alone" },
  {
    name: "columns of a file by name and by number, with labels and decimal commas",
    params: { file: FILE, columns: "3, I", labels: "beat", rate: 250 },
    expected: {
      signal: tensorValue(float32([1, 4, 2], [1, 0.5, 2, 0.25, 3, -1, 4, 0])),
      beats: { kind: "table", columns: ["sample", "label"], rows: [[1, "N"], [3, "V"]] },
      rate: { kind: "number", value: 250 },
    },
    from: "by hand",
  },
];
