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
