/** How far an axis reaches: a little further than its curves, and never so short that its ticks could not be told apart. */

/** Of the larger bound: a shorter axis would be below what its numbers resolve. */
const SHORTEST = 1e-6;

/** `null` where no curve is shown. */
export function linearRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  const size = Math.max(Math.abs(min), Math.abs(max));
  if (size === 0) return [-1, 1];
  const length = max - min;
  if (length < size * SHORTEST) return [min - size * 0.05, max + size * 0.05];
  const room = length * 0.06;
  return [min >= 0 && min - room < 0 ? 0 : min - room, max + room];
}

/** Of positive numbers. */
export function logRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || !(min > 0) || !Number.isFinite(max) || max < min) return [0.1, 10];
  return [min / 1.25, max * 1.25];
}

const power = (exponent: number): number => Number(`1e${exponent}`);

/** Marks of a logarithmic axis: powers of ten, where there are hardly any also 2 and 5 times those, and never none. */
export function logTicks(min: number, max: number): number[] {
  const [from, to] = [Math.ceil(Math.log10(min) - 1e-9), Math.floor(Math.log10(max) + 1e-9)];
  if (to - from >= 2) return Array.from({ length: to - from + 1 }, (_, i) => power(from + i));
  const fine = Array.from({ length: to - from + 3 }, (_, i) => from - 1 + i).flatMap((e) => [1, 2, 5].map((times) => Number((times * power(e)).toPrecision(1)))).filter((v) => v >= min && v <= max);
  return fine.length ? fine : [Math.sqrt(min * max)];
}
