/** An afternoon by the water, in dots: every colour made of others that mix in the eye. */
import { seededUniform } from "../../seeded.ts";
import { shuffle } from "./brush-strokes.ts";
import { Canvas, type Place } from "./canvas.ts";
import { mix, pick, scale, shade, smoothstep, type Palette, type Rgb } from "./colour.ts";
import { cloudNoise, valueNoise } from "./noise.ts";

/** `width`×`height` pixels of RGB. */
export function pointillism(width: number, height: number, seed: number, palette: Palette): Uint8Array {
  const next = seededUniform(seed);
  const unit = Math.min(width, height) / 256;
  const canvas = new Canvas(width, height);
  const scene = landscape(width, height, unit, seed, palette, next);
  canvas.fill((x, y) => mix(shade(palette, 0.95), scene(x, y), 0.35));
  for (const [size, scatter] of [[4.2, 0.1], [3.1, 0.17], [2.2, 0.25]] as const) {
    const spacing = size * unit * 0.95;
    const places: Place[] = [];
    for (let y = 0; y < height + spacing; y += spacing) for (let x = 0; x < width + spacing; x += spacing) places.push({ x: x + spacing * 1.1 * (next() - 0.5), y: y + spacing * 1.1 * (next() - 0.5) });
    shuffle(places, next);
    for (const { x, y } of places) canvas.dot(x, y, size * unit * (0.36 + 0.18 * next()), divided(scene(x, y), scatter, palette, next), 0.92);
  }
  return canvas.bytes();
}

/** One of the colours that a colour is divided into: lighter and warmer, darker and cooler, or its complement. */
function divided(c: Rgb, by: number, palette: Palette, next: () => number): Rgb {
  const u = next();
  if (u < 0.09) return mix(c, pick(palette.accents, next()), 0.8);
  if (u < 0.17) return mix(c, [1 - c[0], 1 - c[1], 1 - c[2]], 0.3 + by);
  const t = (next() - 0.5) * 2 * by;
  const warm: Rgb = [c[0] + 0.9 * t, c[1] + 0.45 * t, c[2] - 0.5 * t];
  return scale(warm, 1 + 1.2 * by * (next() - 0.45));
}

function landscape(width: number, height: number, unit: number, seed: number, palette: Palette, next: () => number): (x: number, y: number) => Rgb {
  const shore = height * (0.52 + 0.06 * next());
  const sun = { x: width * (0.25 + 0.5 * next()), y: shore * 0.42, r: 17 * unit };
  const trees = Array.from({ length: 9 }, () => ({ x: width * next(), r: (16 + 22 * next()) * unit, y: shore - (4 + 20 * next()) * unit }));
  const hill = (x: number) => shore - 34 * unit * valueNoise(x / (85 * unit), 1, seed) - 8 * unit * valueNoise(x / (25 * unit), 2, seed);
  const above = (x: number, y: number): Rgb => {
    for (const t of trees) {
      const d = Math.hypot((x - t.x) * 1.15, y - t.y) / t.r + 0.5 * (cloudNoise(x / (8 * unit), y / (8 * unit), seed + 3, 2) - 0.5);
      if (d < 1 && y < shore + 3 * unit) return shade(palette, 0.12 + 0.42 * smoothstep(0.5, -0.8, (x - t.x + (y - t.y)) / t.r / 1.6) + 0.1 * (1 - d));
    }
    if (y > hill(x)) return mix(shade(palette, 0.35 + 0.2 * valueNoise(x / (30 * unit), y / (8 * unit), seed + 4)), palette.accents[3]!, 0.35);
    const d = Math.hypot(x - sun.x, y - sun.y);
    const cloud = smoothstep(0.5, 0.75, cloudNoise(x / (60 * unit), y / (20 * unit), seed + 5, 3));
    const sky = mix(mix(palette.accents[3]!, shade(palette, 0.95), 0.25 + 0.6 * smoothstep(0, shore, y)), [1, 0.97, 0.9], 0.7 * cloud);
    return mix(sky, palette.accents[2]!, d < sun.r ? 0.95 : 0.7 * Math.exp(-(d - sun.r) / (34 * unit)));
  };
  return (x, y) => {
    if (y < shore) return above(x, y);
    const bank = height * 0.84 + 12 * unit * Math.sin(x / (70 * unit)) + 9 * unit * valueNoise(x / (30 * unit), 7, seed);
    if (y > bank) {
      const flower = valueNoise(x / (5 * unit), y / (5 * unit), seed + 8);
      return flower > 0.78 ? pick(palette.accents, valueNoise(x / (40 * unit), y / (40 * unit), seed + 9)) : shade(palette, 0.22 + 0.4 * cloudNoise(x / (16 * unit), y / (9 * unit), seed + 10, 2) + 0.12 * smoothstep(bank, height, y));
    }
    // Water: the far bank upside down, broken by ripples.
    const ripple = 9 * unit * (valueNoise(x / (22 * unit), y / (3 * unit), seed + 6) - 0.5);
    const mirrored = above(x + ripple, shore - (y - shore) * 0.95 - 0.4 * ripple);
    return mix(scale(mirrored, 0.86), palette.accents[3]!, 0.22 + 0.2 * valueNoise(x / (35 * unit), y / (3 * unit), seed + 11));
  };
}
