/** Smooth seeded noise: what clouds, grain and flow in the procedural pictures are made of. */
import { hashUniform } from "../../seeded.ts";

const ease = (t: number): number => t * t * t * (t * (6 * t - 15) + 10);

/** Smooth in x and y, 0…1, with a lattice of 1. */
export function valueNoise(x: number, y: number, seed: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = ease(x - i);
  const v = ease(y - j);
  const top = hashUniform(i, j, seed) * (1 - u) + hashUniform(i + 1, j, seed) * u;
  const bottom = hashUniform(i, j + 1, seed) * (1 - u) + hashUniform(i + 1, j + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

/** Octaves of value noise, each half as large and half as strong; 0…1. */
export function cloudNoise(x: number, y: number, seed: number, octaves = 4): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let o = 0; o < octaves; o++) {
    // Octaves are turned against each other, so that no lattice shows.
    sum += weight * valueNoise(x, y, seed + 101 * o);
    total += weight;
    const turned = 1.6 * x - 1.2 * y + 17.3;
    y = 1.2 * x + 1.6 * y + 9.1;
    x = turned;
    weight *= 0.5;
  }
  return sum / total;
}
