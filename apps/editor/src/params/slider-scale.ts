/** Where a number stands on its slider: linear or logarithmic, over the part of its range that people use. */
import type { NumberParam } from "@patchbay/graph-core";
import { clampTo, stepOf, tidy } from "./number-entry.ts";

export interface SliderScale {
  /** Ends of the slider; typed numbers may lie beyond, up to the parameter's own. */
  readonly min: number;
  readonly max: number;
  /** 0…1. */
  toPosition(value: number): number;
  toValue(position: number): number;
}

/** A range this many times its usual value is too long for a slider. */
const LONG = 20;
const DECADES = 8;

/** Null where a slider says nothing: no two ends, or a seed with two thousand million values. */
export function sliderScale(spec: NumberParam, value: number): SliderScale | null {
  const { min, max } = spec;
  if (min === undefined || max === undefined || !(max > min) || (spec.integer && max - min >= 1e9)) return null;
  return spec.scale === "log" && max > 0 ? logScale(spec, min, max, value) : linearScale(spec, min, max, value);
}

function linearScale(spec: NumberParam, min: number, max: number, value: number): SliderScale {
  const step = stepOf(spec, spec.default);
  const usual = Math.max(Math.abs(spec.default), 10 * (spec.step ?? (spec.integer ? 1 : 0.1)));
  const isLong = (max - min) / step > 200 && max - min > LONG * usual;
  const high = isLong ? Math.min(max, roundUp(Math.max(4 * usual, value > 4 * usual ? 1.5 * value : 0))) : max;
  const low = isLong && min < 0 ? Math.max(min, -roundUp(Math.max(4 * usual, value < -4 * usual ? -1.5 * value : 0))) : min;
  const by = spec.step ?? (spec.integer ? 1 : (high - low) / 200);
  return {
    min: low,
    max: high,
    toPosition: (v) => (clampTo({ min: low, max: high }, v) - low) / (high - low),
    toValue: (p) => clampTo({ min: low, max: high }, tidy(low + Math.round((p * (high - low)) / by) * by, by)),
  };
}

/** Where the range begins at 0, the slider's lower end is exactly 0 and a little above it the decades begin. */
function logScale(spec: NumberParam, min: number, max: number, value: number): SliderScale {
  const centre = spec.default > 0 ? spec.default : 1;
  const isLong = min <= 0 || Math.log10(max / min) > DECADES;
  const lowest = isLong ? Math.max(min > 0 ? min : 0, Math.min(decade(centre / 1000), value > 0 ? decade(value) : Infinity)) : min;
  const high = isLong ? Math.min(max, Math.max(decade(centre * 1000), value > 0 ? decade(value) * 10 : 0)) : max;
  const zero = min <= 0 ? 0.03 : 0;
  const [a, b] = [Math.log10(lowest), Math.log10(high)];
  return {
    min: zero ? min : lowest,
    max: high,
    toPosition: (v) => (v <= 0 || (zero && v < lowest) ? 0 : zero + (1 - zero) * clampTo({ min: 0, max: 1 }, (Math.log10(v) - a) / (b - a))),
    toValue(p) {
      if (zero && p < zero) return min;
      const raw = Number((10 ** (a + ((p - zero) / (1 - zero)) * (b - a))).toPrecision(2));
      return clampTo({ min: lowest, max: high }, spec.integer ? Math.round(raw) : raw);
    },
  };
}

const decade = (value: number): number => Number((10 ** Math.floor(Math.log10(value) + 1e-9)).toPrecision(1));

/** To 1, 2, 2.5, 4, 5 or 8 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = [1, 2, 2.5, 4, 5, 8, 10].find((l) => l * power >= value * (1 - 1e-9))!;
  return tidy(lead * power, power / 10);
}
