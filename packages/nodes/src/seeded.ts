/** Seeded random numbers for weights and procedural sources: the same on every machine, unlike Math.random. */

/** Uniform numbers in [0, 1): the 32-bit generator "mulberry32", one multiply-xorshift round per number. */
export function seededUniform(seed: number): () => number {
  let state = mix(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Spreads neighbouring seeds apart. */
function mix(seed: number): number {
  let h = Math.imul((seed ^ 0x9e3779b9) | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** A number in [0, 1) that belongs to an integer place (a lattice point, a cell), whatever was asked for before. */
export function hashUniform(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ mix(seed);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Numbers of a normal distribution with mean 0 and variance 1 (Box & Muller 1958). */
export function seededNormal(seed: number): () => number {
  const next = seededUniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** He-scaled weights, uniform in ±√(6/fanIn): variance 2/fanIn keeps activations' size through ReLU layers (He et al., arXiv 1502.01852). */
export function heUniform(count: number, fanIn: number, seed: number): Float32Array {
  const next = seededUniform(seed);
  const bound = Math.sqrt(6 / fanIn);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = (next() * 2 - 1) * bound;
  return out;
}
