/** The offsets that our optimiser rolls the picture by (seed 0, up to 4 pixels), for a peer to follow step by step. */
import { philox } from "@patchbay/runtime/ir";

/** `dy,dx dy,dx …`: as `packages/runtime/src/optimize/jitter.ts` draws them; the compared losses show it when they part. */
export function jitterShifts(jitter = 4, seed = 0): string {
  return Array.from({ length: 8 }, (_, i) => {
    const [a, b] = philox(seed, i);
    return `${a % (jitter + 1)},${b % (jitter + 1)}`;
  }).join(" ");
}
