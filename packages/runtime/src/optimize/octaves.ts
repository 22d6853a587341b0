/** From coarse to fine: at which sizes an optimisation works, and for how many of its steps at each. */
import type { MinimiseOptions } from "../node-api/node.ts";

export interface Octave {
  height: number;
  width: number;
  steps: number;
  /** How many octaves follow. */
  finer: number;
}

/** No octave is smaller: below it networks see nothing but their own borders. */
const SMALLEST_SIDE = 48;

/**
 * From the smallest to the full size, each twice as large as the one before. Where all of them would not leave 48 px there are
 * fewer. A smaller one has `octaveRatio` times the steps of the next; each has one at least, and all together `steps`.
 */
export function octavesOf(height: number, width: number, { steps, octaves = 1, octaveRatio = 1 }: Pick<MinimiseOptions, "steps" | "octaves" | "octaveRatio">): readonly Octave[] {
  let count = Math.max(1, Math.min(octaves, steps));
  while (count > 1 && Math.min(height, width) / 2 ** (count - 1) < SMALLEST_SIDE) count--;
  const shares = Array.from({ length: count }, (_, i) => octaveRatio ** (count - 1 - i));
  const whole = shares.reduce((a, b) => a + b, 0);
  let [left, rest] = [steps, whole];
  return shares.map((share, i) => {
    // What is left is shared out anew, so that rounding adds up.
    const own = i === count - 1 ? left : Math.min(left - (count - 1 - i), Math.max(1, Math.round((left * share) / rest)));
    left -= own;
    rest -= share;
    const scale = 2 ** (count - 1 - i);
    return { height: Math.round(height / scale), width: Math.round(width / scale), finer: count - 1 - i, steps: own };
  });
}
