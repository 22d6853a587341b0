/** A scan of nobody: an ellipsoid body with a denser shell and bright balls inside. */
import { hashUniform, seededUniform } from "../seeded.ts";

export interface Phantom {
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  readonly lesions: number;
  readonly noise: number;
  readonly seed: number;
}

/** Densities `[depth,height,width]`, 0 (air) to 1 (lesion). */
export function phantom({ depth, height, width, lesions: count, noise, seed }: Phantom): Float32Array {
  const next = seededUniform(seed);
  // In coordinates where the body is the ball of radius 0.9; centres are drawn inside it.
  const lesions = Array.from({ length: count }, () => {
    const [u, v, r] = [2 * next() - 1, 2 * Math.PI * next(), 0.55 * Math.cbrt(next())];
    const flat = Math.sqrt(1 - u * u);
    return { z: r * u, y: r * flat * Math.sin(v), x: r * flat * Math.cos(v), radius: 0.12 + 0.1 * next() };
  });
  const data = new Float32Array(depth * height * width);
  const at = (i: number, n: number) => (2 * (i + 0.5)) / n - 1;
  let p = 0;
  for (let k = 0; k < depth; k++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++, p++) {
        const [z, y, x] = [at(k, depth), at(i, height), at(j, width)];
        const radius = Math.sqrt(z * z + y * y + x * x);
        let density = radius > 0.9 ? 0 : radius > 0.8 ? 0.8 : 0.35;
        for (const l of lesions) if ((z - l.z) ** 2 + (y - l.y) ** 2 + (x - l.x) ** 2 < l.radius ** 2) density = 1;
        data[p] = density + noise * (2 * hashUniform(p, 0, seed) - 1);
      }
  return data;
}
