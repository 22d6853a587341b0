/** Heartbeats to learn on: a seeded electrocardiogram whose beats are known, as a strip to look at and as one labelled window a beat. */
import { defineNode, float32, tensorValue, type DatasetValue } from "@patchbay/runtime/node-api";
import { countTable } from "../learning/dataset.ts";
import { HOLD_OUT, holdOut } from "../learning/hold-out.ts";
import { tensorType } from "../port-types.ts";
import { seededNormal, seededUniform } from "../seeded.ts";
import { addWaves, BEATS, variedWaves } from "./heartbeats.ts";

/** Samples a second. */
const RATE = 128;

export const syntheticEkg = defineNode({
  type: "SyntheticEkg",
  version: 1,
  title: "Synthetic EKG",
  group: "Sources",
  doc: "An electrocardiogram whose beats are known: normal ones, premature ones from the atria and from a ventricle, and ones without a P wave, drawn as sums of waves that vary from beat to beat, with breathing, muscle noise and a mains hum. The dataset holds one window around the R peak of each beat with its class, as many of each; the strip shows the first beats in a row. 128 samples a second. For learning on, not for medicine.",
  source: "Waves after McSharry, Clifford, Tarassenko & Smith, IEEE Transactions on Biomedical Engineering 50:289, 2003",
  synonyms: ["ECG", "electrocardiogram", "heartbeat", "arrhythmia", "signal", "1D", "time series", "toy data", "training data"],
  inputs: [],
  outputs: [
    { name: "dataset", doc: "One window a beat, in millivolts.", type: { kind: "dataset", example: null, meaning: "signal" } },
    { name: "signal", doc: "A strip of beats in a row.", type: tensorType([1, "L", 1], "signal") },
    { name: "beats", doc: "The beats of the strip: the sample of each R peak and its class.", type: { kind: "table" } },
    { name: "table", doc: "How many beats of each class there are, and how many of them are held out.", type: { kind: "table" } },
  ],
  params: [
    { name: "count", title: "Beats a class", kind: "number", default: 150, min: 4, max: 20_000, integer: true, help: "In the dataset." },
    { name: "window", title: "Window", kind: "number", default: 96, min: 32, max: 512, integer: true, unit: "samples", help: "Length of the window around each R peak; 96 are three quarters of a second." },
    { name: "variation", title: "Variation", kind: "number", default: 1, min: 0, max: 2, step: 0.1, help: "How much the waves differ from beat to beat." },
    { name: "noise", title: "Noise", kind: "number", default: 0.04, min: 0, max: 1, step: 0.01, unit: "mV", help: "Standard deviation of the muscle noise; breathing and hum grow with it." },
    { name: "strip", title: "Strip", kind: "number", default: 10, min: 1, max: 1000, integer: true, unit: "beats", help: "How many beats the strip shows." },
    HOLD_OUT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed gives other beats." },
  ],
  infer: ({ params, node }) => ({
    outputs: { dataset: { kind: "dataset", example: [params["window"] as number, 1], meaning: "signal", classes: BEATS.length }, signal: tensorType([1, `L@${node}`, 1], "signal") },
  }),
  async evaluate({ params }) {
    const [count, window, variation, noise, seed] = ["count", "window", "variation", "noise", "seed"].map((name) => params[name] as number) as [number, number, number, number, number];
    const total = count * BEATS.length;
    const data = new Float32Array(total * window);
    const labels = Int32Array.from({ length: total }, (_, i) => i % BEATS.length);
    for (const [i, kind] of labels.entries()) {
      // A stream of its own for each beat: more of them leave the first ones as they are.
      const next = seededUniform(Math.imul(seed, 7919) + i);
      const clean = new Float64Array(window);
      addWaves(clean, window * 0.4 + 2 * (next() - 0.5), RATE, variedWaves(kind, variation, next));
      data.set(disturbed(clean, noise, next, seededNormal(Math.imul(seed, 104729) + i)), i * window);
    }
    const classes = BEATS.map((b) => b.name);
    const heldOut = holdOut(labels, classes, { share: params["holdOut"] as number, by: "stratified", seed });
    const names = Array.from(labels, (kind, i) => `${classes[kind]} ${Math.floor(i / BEATS.length) + 1}`);
    const dataset: DatasetValue = { kind: "dataset", example: [window, 1], meaning: "signal", data, classes, labels, heldOut, names };
    const strip = stripOf(params["strip"] as number, variation, noise, seed);
    return {
      dataset,
      signal: tensorValue(float32([1, strip.signal.length, 1], strip.signal)),
      beats: { kind: "table", columns: ["sample", "class"], rows: strip.beats.map(({ at, kind }) => [at, classes[kind]!]) },
      table: countTable(dataset),
    };
  },
});

/** Gain, breathing, hum and muscle noise on top of clean waves. */
function disturbed(clean: Float64Array, noise: number, next: () => number, normal: () => number): Float32Array {
  const gain = 0.85 + 0.3 * next();
  const [wander, breath, phase, hum, humPhase] = [3 * noise * next(), 0.2 + 0.2 * next(), 2 * Math.PI * next(), 0.5 * noise * next(), 2 * Math.PI * next()];
  return Float32Array.from(clean, (v, t) => gain * v + wander * Math.sin((2 * Math.PI * breath * t) / RATE + phase) + hum * Math.sin((2 * Math.PI * 50 * t) / RATE + humPhase) + noise * normal());
}

function stripOf(count: number, variation: number, noise: number, seed: number): { signal: Float32Array; beats: { at: number; kind: number }[] } {
  const next = seededUniform(Math.imul(seed, 15485863) + 1);
  const usual = 0.8 * RATE;
  const beats: { at: number; kind: number }[] = [];
  let at = Math.round(0.4 * RATE);
  for (let i = 0; i < count; i++) {
    // Half of them normal, as in a recording.
    const kind = i === 0 || next() < 0.5 ? 0 : 1 + Math.floor(next() * (BEATS.length - 1));
    if (i > 0) at += Math.round(usual * BEATS[kind]!.early * BEATS[beats.at(-1)!.kind]!.pause * (0.95 + 0.1 * next()));
    beats.push({ at, kind });
  }
  const clean = new Float64Array(at + Math.round(0.5 * RATE));
  for (const beat of beats) addWaves(clean, beat.at, RATE, variedWaves(beat.kind, variation, next));
  return { signal: disturbed(clean, noise, next, seededNormal(Math.imul(seed, 32452843) + 1)), beats };
}
