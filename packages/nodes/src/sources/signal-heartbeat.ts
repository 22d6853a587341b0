/** The synthetic heartbeat of Signal: the same beat over and over, with a slightly irregular rhythm. */
import { seededUniform } from "../seeded.ts";

export interface Heartbeat {
  readonly length: number;
  readonly channels: number;
  readonly beat: number;
  readonly noise: number;
  readonly seed: number;
}

/** Place, width (both in beats) and height of the waves of one beat; the third is R. */
const WAVES = [[0.18, 0.03, 0.15], [0.37, 0.012, -0.12], [0.4, 0.014, 1], [0.43, 0.012, -0.22], [0.66, 0.05, 0.3]] as const;

/** Samples in order, `[length,channels]`, and the sample of each R peak. */
export function heartbeat({ length, channels, beat, noise, seed }: Heartbeat): { data: Float32Array; peaks: number[] } {
  const next = seededUniform(seed);
  const clean = new Float64Array(length);
  const peaks: number[] = [];
  for (let start = -beat * next(); start < length; ) {
    const period = beat * (0.93 + 0.14 * next());
    for (let t = Math.max(0, Math.floor(start)); t < Math.min(length, start + period); t++)
      for (const [place, width, height] of WAVES) clean[t]! += height * Math.exp(-0.5 * (((t - start) / period - place) / width) ** 2);
    const peak = Math.round(start + WAVES[2][0] * period);
    if (peak >= 0 && peak < length) peaks.push(peak);
    start += period;
  }
  const data = new Float32Array(length * channels);
  for (let t = 0; t < length; t++) for (let c = 0; c < channels; c++) data[t * channels + c] = clean[t]! * (1 - 0.6 * (c / channels)) + noise * (2 * next() - 1);
  return { data, peaks };
}
