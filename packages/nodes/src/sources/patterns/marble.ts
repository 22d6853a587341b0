/** Marbled paper: drops of ink on water, drawn out with a stylus and combs. Each pixel is traced back through every stroke. */
import { seededUniform } from "../../seeded.ts";
import { Canvas } from "./canvas.ts";
import { mix, pick, scale, shade, type Palette, type Rgb } from "./colour.ts";
import { valueNoise } from "./noise.ts";

type Step =
  | { kind: "drop"; x: number; y: number; r: number; colour: Rgb }
  /** Parallel tines drawn along (dx,dy): what is near one is dragged along, `reach` says how near. */
  | { kind: "comb"; x: number; y: number; dx: number; dy: number; pull: number; reach: number; spacing: number }
  | { kind: "swirl"; x: number; y: number; r: number; pull: number; reach: number };

/** `width`×`height` pixels of RGB. Lu, Jaffer et al., Mathematical Marbling, IEEE CG&A 2012. */
export function marble(width: number, height: number, seed: number, palette: Palette): Uint8Array {
  const next = seededUniform(seed);
  const unit = Math.min(width, height) / 256;
  const steps = layInk(width, height, unit, palette, next).reverse();
  // Under the drops the bath is already striped, so that combs find colour everywhere.
  const stripes = Array.from({ length: 64 }, (_, i) => (i % 3 === 2 ? shade(palette, 0.95) : pick([...palette.ramp, ...palette.accents], next())));
  const ground = (x: number, y: number): Rgb => stripes[Math.floor((x + 0.35 * y) / (15 * unit)) & 63]!;
  const canvas = new Canvas(width, height);
  canvas.fill((px, py) => {
    const c = mix(traced(px - 0.25, py - 0.25, steps, ground), traced(px + 0.25, py + 0.25, steps, ground), 0.5);
    return scale(c, 0.93 + 0.1 * valueNoise(px / (1.5 * unit), py / (1.5 * unit), seed) + 0.05 * valueNoise(px / (30 * unit), py / (30 * unit), seed + 1));
  });
  return canvas.bytes();
}

/** What was done to the bath, in order. */
function layInk(width: number, height: number, unit: number, palette: Palette, next: () => number): Step[] {
  const steps: Step[] = [];
  const inks = [...palette.ramp.slice(0, -1), ...palette.accents];
  // Wider than the sheet, and so full that hardly any of the bath stays bare.
  for (let i = 0; i < 120; i++) steps.push({ kind: "drop", x: width * (next() * 1.7 - 0.35), y: height * (next() * 1.7 - 0.35), r: (13 + 22 * next() * next()) * unit, colour: i % 5 === 4 ? shade(palette, 0.97) : pick(inks, next()) });
  const comb = (angle: number, spacing: number, pull: number, reach: number) =>
    steps.push({ kind: "comb", x: width * next(), y: height * next(), dx: Math.cos(angle), dy: Math.sin(angle), pull: pull * unit, reach: reach * unit, spacing: spacing * unit });
  const angle = next() * 0.5 - 0.25;
  comb(angle + Math.PI / 2, 56, 60, 9);
  comb(angle - Math.PI / 2, 50, 60, 9);
  comb(angle, 30, 42, 7);
  comb(angle + Math.PI, 33, 38, 6);
  for (let i = 0; i < 6; i++) steps.push({ kind: "swirl", x: width * next(), y: height * next(), r: (14 + 20 * next()) * unit, pull: (next() < 0.5 ? -1 : 1) * (45 + 40 * next()) * unit, reach: (7 + 6 * next()) * unit });
  for (let i = 0; i < 16; i++) steps.push({ kind: "drop", x: width * next(), y: height * next(), r: (2 + 3.5 * next()) * unit, colour: pick(palette.accents, next()) });
  return steps;
}

/** Undoes every step, the last first, until a drop is found under the place. */
function traced(x: number, y: number, steps: readonly Step[], ground: (x: number, y: number) => Rgb): Rgb {
  for (const s of steps) {
    const rx = x - s.x;
    const ry = y - s.y;
    if (s.kind === "drop") {
      const d2 = rx * rx + ry * ry;
      if (d2 < s.r * s.r) return scale(s.colour, 0.94 + 0.1 * (d2 / (s.r * s.r)));
      // A drop pushed everything else outwards and kept its area.
      const back = Math.sqrt(1 - (s.r * s.r) / d2);
      x = s.x + rx * back;
      y = s.y + ry * back;
    } else if (s.kind === "comb") {
      const across = rx * s.dy - ry * s.dx;
      const from = Math.abs(across - s.spacing * Math.round(across / s.spacing));
      const pull = (s.pull * s.reach) / (from + s.reach);
      x -= s.dx * pull;
      y -= s.dy * pull;
    } else {
      const d = Math.hypot(rx, ry) + 1e-9;
      const turn = -(s.pull * s.reach) / (Math.abs(d - s.r) + s.reach) / d;
      const sin = Math.sin(turn);
      const cos = Math.cos(turn);
      x = s.x + rx * cos - ry * sin;
      y = s.y + rx * sin + ry * cos;
    }
  }
  return ground(x, y);
}
