/** The seeded offsets that an optimisation cycles through, so that the network's grid leaves no pattern in the picture. */
import { philox } from "../ir/random.ts";

/** How many offsets: enough to cover the grid, few enough that content targets are kept for each. */
const COUNT = 8;

/** `[dy, dx]` in 0…`jitter` pixels; a single `[0, 0]` without jitter. */
export function jitterOffsets(jitter: number, seed: number): readonly (readonly [number, number])[] {
  if (jitter <= 0) return [[0, 0]];
  return Array.from({ length: COUNT }, (_, i) => {
    const [a, b] = philox(seed, i);
    return [a % (jitter + 1), b % (jitter + 1)] as const;
  });
}
