/** Worked examples of Signal: the synthetic heartbeat's rhythm and height, which can be counted. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

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

export const cases: NodeCase[] = [
  { name: "a beat every 100 samples", params: { length: 1000, beat: 100, noise: 0 }, expected: { signal: beatsEvery(100, 1000) }, from: "by hand: counted" },
  { name: "the worked case's length", params: { length: 14, beat: 14 }, expected: { signal: () => {} }, from: "by hand: the shape alone" },
];
