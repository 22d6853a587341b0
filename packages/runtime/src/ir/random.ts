/**
 * The numbers of the `random` operation, a pure function of seed and position so that every backend gets the same ones.
 *
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw: *Parallel random numbers: as easy as 1, 2, 3*, SC 2011): the block counter is
 * the counter, the seed is the key. Each block gives four 32-bit words.
 */
import type { OpAttrs } from "./ops.ts";
import { sizeOf } from "./tensor.ts";

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Weyl increments: the golden ratio and √3 − 1. */
const BUMP_0 = 0x9e3779b9;
const BUMP_1 = 0xbb67ae85;
const ROUNDS = 10;

/** High 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function mulHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const carry = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

type Four = readonly [number, number, number, number];

/** One block of the bare Philox4x32-10: four unsigned 32-bit words. */
export function philox4x32(counter: Four, key: readonly [number, number]): [number, number, number, number] {
  let [a, b, c, d] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = [mulHigh(MULTIPLIER_0, a), Math.imul(MULTIPLIER_0, a)];
    const [high1, low1] = [mulHigh(MULTIPLIER_1, c), Math.imul(MULTIPLIER_1, c)];
    [a, b, c, d] = [(high1 ^ b ^ k0) >>> 0, low1 >>> 0, (high0 ^ d ^ k1) >>> 0, low0 >>> 0];
    k0 = (k0 + BUMP_0) >>> 0;
    k1 = (k1 + BUMP_1) >>> 0;
  }
  return [a, b, c, d];
}

/** Block `index` of the stream of `seed`, a whole number below 2⁵³ in size: four unsigned 32-bit words. */
export function philox(seed: number, index: number): [number, number, number, number] {
  return philox4x32([index >>> 0, 0, 0, 0], [seed >>> 0, Math.floor(seed / 0x100000000) >>> 0]);
}

/** 24 bits, so that the number is exact in float32 and never rounds up to 1. */
const unit = (word: number): number => (word >>> 8) / 0x1000000;

/**
 * The values of a `random` operation, row-major, as float32. `uniform` is in [0, 1); `normal` has mean 0 and variance 1
 * (Box–Muller on the two halves of each block, in float64). `seed` is a whole number, below 2⁵³ in size.
 */
export function randomValues({ distribution, shape, seed }: OpAttrs["random"]): Float32Array {
  const out = new Float32Array(sizeOf(shape));
  for (let at = 0, block = 0; at < out.length; at += 4, block++) {
    const words = philox(seed, block).map(unit);
    const values = distribution === "uniform" ? words : [...boxMuller(words[0]!, words[1]!), ...boxMuller(words[2]!, words[3]!)];
    for (let i = 0; i < 4 && at + i < out.length; i++) out[at + i] = values[i]!;
  }
  return out;
}

function boxMuller(u: number, v: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - u)); // 1 − u is in (0, 1]: the logarithm is finite
  return [radius * Math.cos(2 * Math.PI * v), radius * Math.sin(2 * Math.PI * v)];
}
