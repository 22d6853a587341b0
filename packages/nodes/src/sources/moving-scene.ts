/** A seeded little film: a ball and a few lights drift over still hills, so that frames are there before anybody brings a film. */
import type { ImageValue } from "@patchbay/runtime/node-api";
import { seededUniform } from "../seeded.ts";

export interface Scene {
  width: number;
  height: number;
  count: number;
  /** Widths of the picture that the ball goes in all frames together; 0 stands still. */
  motion: number;
  /** Standard deviation of each pixel's grain, in 0…1: what a camera adds to a scene that stands still. */
  grain: number;
  seed: number;
}

type Rgb = readonly [number, number, number];

export function movingScene({ width, height, count, motion, grain, seed }: Scene): ImageValue[] {
  const next = seededUniform(seed);
  const lights = Array.from({ length: 5 }, () => ({ x: next(), y: 0.08 + 0.35 * next(), size: 0.02 + 0.02 * next(), speed: 0.3 + 0.7 * next() }));
  const [low, high] = [Array.from({ length: 4 }, () => 6.28 * next()), Array.from({ length: 4 }, () => 6.28 * next())];
  const hills = (x: number, phases: readonly number[], base: number, reach: number) => base + reach * phases.reduce((sum, p, k) => sum + Math.sin(p + x * (k + 1) * 3.1) / (k + 2), 0);
  const noise = seededUniform(seed + 1);
  return Array.from({ length: count }, (_, i): ImageValue => {
    const t = count > 1 ? (motion * i) / (count - 1) : 0;
    const ball = { x: 0.18 + t * 0.64, y: 0.55 - 0.22 * Math.abs(Math.sin(3 * Math.PI * t)), size: 0.11 };
    const data = new Uint8Array(width * height * 3);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const [x, y] = [(column + 0.5) / width, (row + 0.5) / height];
        let colour: Rgb = [0.95 - 0.5 * y, 0.72 - 0.25 * y, 0.45 + 0.35 * y];
        const far = (px: number, py: number) => Math.hypot(x - px, ((y - py) * height) / width);
        for (const light of lights) colour = mix(colour, [1, 0.97, 0.8], edge(light.size - far((light.x + t * light.speed * 0.3) % 1, light.y), 0.01));
        colour = mix(colour, [0.3, 0.42, 0.5], edge(y - hills(x, high, 0.6, 0.05), 0.006));
        colour = mix(colour, [0.16, 0.3, 0.2], edge(y - hills(x, low, 0.78, 0.06), 0.006));
        const inside = ball.size - far(ball.x, ball.y);
        // Lit from the upper left.
        const light = 0.65 + 1.8 * Math.max(-0.2, ball.x - x + ((ball.y - y) * height) / width);
        colour = mix(colour, [0.85 * light, 0.25 * light, 0.2 * light], edge(inside, 0.006));
        for (let c = 0; c < 3; c++) data[(row * width + column) * 3 + c] = Math.max(0, Math.min(255, Math.round(255 * (colour[c]! + (grain ? grain * normal(noise) : 0)))));
      }
    return { kind: "image", width, height, data, name: `Frame ${i + 1}` };
  });
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];

/** 0 outside, 1 inside, soft over `width`. */
const edge = (distance: number, width: number): number => Math.max(0, Math.min(1, 0.5 + distance / (2 * width)));

/** Box and Muller. */
const normal = (uniform: () => number): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
