/** An oil painting of a windy night: thousands of bristled strokes that follow a field of whirls, over stars and hills. */
import { seededUniform } from "../../seeded.ts";
import { Canvas, type Place } from "./canvas.ts";
import { mix, pick, scale, shade, smoothstep, type Palette, type Rgb } from "./colour.ts";
import { cloudNoise, valueNoise } from "./noise.ts";

interface Whirl extends Place {
  radius: number;
  /** Turning sense and strength. */
  turn: number;
  /** Whether a light stands in its eye. */
  lit: boolean;
}

/** `width`×`height` pixels of RGB. */
export function brushStrokes(width: number, height: number, seed: number, palette: Palette): Uint8Array {
  const next = seededUniform(seed);
  const unit = Math.min(width, height) / 256;
  const canvas = new Canvas(width, height);
  const horizon = height * (0.68 + 0.08 * next());
  const whirls = layWhirls(width, horizon, unit, next);
  const margin = Math.ceil(140 * unit);
  const hills = Float32Array.from({ length: width + 2 * margin }, (_, i) => {
    const x = i - margin;
    return horizon + 22 * unit * (valueNoise(x / (70 * unit), 3, seed) - 0.5) + 16 * unit * (valueNoise(x / (25 * unit), 8, seed) - 0.5);
  });
  const hill = (x: number) => hills[Math.min(hills.length - 1, Math.max(0, Math.round(x) + margin))]!;

  const sky = (x: number, y: number): Rgb => {
    const drift = cloudNoise(x / (75 * unit), y / (40 * unit), seed + 1, 3);
    let c = shade(palette, 0.04 + 0.58 * smoothstep(0.25, 0.8, drift) + 0.26 * smoothstep(0.45 * horizon, horizon, y));
    // Gusts of pale wind.
    const gust = cloudNoise(x / (70 * unit) + 40, y / (17 * unit), seed + 11, 3);
    c = mix(c, shade(palette, 0.97), 0.8 * smoothstep(0.6, 0.72, gust));
    for (const w of whirls) {
      const d = Math.hypot(x - w.x, y - w.y) / w.radius;
      // Rings of light and dark around each whirl; a light in its eye spills into them.
      c = mix(c, shade(palette, 0.52 + 0.48 * Math.sin(d * 13)), 0.6 * Math.exp(-d * d * 1.4));
      if (w.lit) c = mix(c, pick(palette.accents, d < 0.22 ? 0.6 : 0.1), smoothstep(0.75, 0.1, d));
    }
    return c;
  };
  const land = (x: number, y: number): Rgb => {
    const depth = (y - hill(x)) / (height - horizon);
    const band = Math.sin(depth * 16 + 5 * valueNoise(x / (45 * unit), depth * 2, seed + 4));
    const c = shade(palette, 0.08 + 0.16 * (band + 1) + 0.12 * depth);
    return band > 0.75 ? mix(c, palette.accents[0]!, 0.55) : mix(c, palette.accents[2]!, 0.12);
  };
  const scene = (x: number, y: number): Rgb => (y < hill(x) ? sky(x, y) : land(x, y));
  const flow = (x: number, y: number): number => {
    if (y >= hill(x)) return 0.9 * (valueNoise(x / (60 * unit), y / (40 * unit), seed + 7) - 0.5) + Math.atan2(hill(x + 4) - hill(x - 4), 8);
    let [u, v] = [1, 0.9 * (cloudNoise(x / (90 * unit), y / (60 * unit), seed + 6, 2) - 0.5)];
    for (const w of whirls) {
      const [dx, dy] = [x - w.x, y - w.y];
      const d = Math.hypot(dx, dy) / w.radius;
      const pull = w.turn * 3.2 * Math.exp(-d * d * 0.9);
      u -= (pull * dy) / (Math.hypot(dx, dy) + 1);
      v += (pull * dx) / (Math.hypot(dx, dy) + 1);
    }
    return Math.atan2(v, u);
  };

  const direction = sampled(flow, width, height, 2.5 * unit);

  canvas.fill((x, y) => scale(scene(x, y), 0.75));
  // Broad strokes first, fine ones over them; colour is scattered more the finer they are, so that colours mix in the eye.
  for (const [size, count, scatter] of [[13, 1.1, 0.1], [7.5, 2.2, 0.16], [4.5, 3, 0.22]] as const) {
    const spacing = (size * unit) / Math.sqrt(count);
    const places: Place[] = [];
    for (let y = -size; y < height + size; y += spacing) for (let x = -size; x < width + size; x += spacing) places.push({ x: x + spacing * (next() - 0.5) * 1.6, y: y + spacing * (next() - 0.5) * 1.6 });
    shuffle(places, next);
    for (const start of places) {
      const colour = scattered(scene(start.x, start.y), scatter, palette, next);
      const path: Place[] = [start];
      const step = size * unit * 0.55;
      const steps = 5 + Math.floor(next() * 6);
      for (let i = 0, at = start; i < steps; i++) {
        const angle = direction(at.x, at.y);
        at = { x: at.x + step * Math.cos(angle), y: at.y + step * Math.sin(angle) };
        if (at.y < hill(at.x) !== start.y < hill(start.x)) break;
        path.push(at);
      }
      if (path.length < 3) continue;
      canvas.stroke({ path, width: size * unit * (0.55 + 0.5 * next()), colour, bristle: brush(next) });
    }
  }
  canvas.light(0.3);
  return canvas.bytes();
}

/** The same function, remembered on a grid of `cell` pixels: strokes ask it a hundred thousand times. */
function sampled(f: (x: number, y: number) => number, width: number, height: number, cell: number): (x: number, y: number) => number {
  const [columns, rows] = [Math.ceil(width / cell) + 1, Math.ceil(height / cell) + 1];
  const known = new Float32Array(columns * rows).fill(NaN);
  return (x, y) => {
    const i = Math.min(columns - 1, Math.max(0, Math.floor(x / cell)));
    const j = Math.min(rows - 1, Math.max(0, Math.floor(y / cell)));
    const at = j * columns + i;
    if (Number.isNaN(known[at]!)) known[at] = f((i + 0.5) * cell, (j + 0.5) * cell);
    return known[at]!;
  };
}

/** A new brush: how much paint each of its hairs holds, wandering a little as it is drawn along. */
function brush(next: () => number): (across: number, along: number) => number {
  const hairs = Float32Array.from({ length: 24 }, next);
  const wander = 3 * (next() - 0.5);
  const hair = (at: number): number => {
    const i = Math.floor(at);
    const t = at - i;
    return hairs[((i % 24) + 24) % 24]! * (1 - t) + hairs[(((i + 1) % 24) + 24) % 24]! * t;
  };
  return (across, along) => 0.6 * hair(across * 2.8 + 8 + wander * along) + 0.4 * hair(across * 5 + 17 + along * 4);
}

function layWhirls(width: number, horizon: number, unit: number, next: () => number): Whirl[] {
  const whirls: Whirl[] = [];
  for (let tries = 0; tries < 400 && whirls.length < 13; tries++) {
    const lit = whirls.length >= 2;
    const radius = (whirls.length < 2 ? 52 + 16 * next() : 13 + 15 * next()) * unit;
    const w = { x: width * next(), y: horizon * (0.04 + 0.84 * next()), radius, turn: next() < 0.5 ? -1 : 1, lit };
    if (whirls.every((o) => Math.hypot(o.x - w.x, o.y - w.y) > 0.82 * (o.radius + radius))) whirls.push(w);
  }
  return whirls;
}

/** A colour near the given one, now and then a neighbour on the palette or an accent. */
function scattered(c: Rgb, by: number, palette: Palette, next: () => number): Rgb {
  const light = 1 + by * 2 * (next() - 0.5);
  const near: Rgb = [c[0] * light + by * 0.5 * (next() - 0.5), c[1] * light + by * 0.5 * (next() - 0.5), c[2] * light + by * 0.5 * (next() - 0.5)];
  const u = next();
  if (u < 0.05) return mix(near, pick(palette.accents, next()), 0.55);
  return u < 0.3 ? mix(near, shade(palette, next()), 0.3) : near;
}

export function shuffle<T>(list: T[], next: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
