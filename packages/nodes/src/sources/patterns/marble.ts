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
  const row = new RowOfPlaces(width);
  canvas.fill((px, py) => {
    const column = Math.floor(px);
    if (column === 0) row.trace(py, steps, ground); // it is filled row by row
    const c = mix(row.found[2 * column]!, row.found[2 * column + 1]!, 0.5);
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

/** Two places in each pixel of a row at once: the steps of one place wait for each other, those of many places do not. */
class RowOfPlaces {
  readonly found: Rgb[];
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  /** Places under which no drop was found yet; the first `#count` count. */
  readonly #open: Int32Array;
  #count = 0;

  constructor(width: number) {
    this.found = new Array<Rgb>(2 * width);
    this.#x = new Float64Array(2 * width);
    this.#y = new Float64Array(2 * width);
    this.#open = new Int32Array(2 * width);
  }

  /** Undoes every step, the last first, until a drop is found under each place of the row whose middle is at `py`. */
  trace(py: number, steps: readonly Step[], ground: (x: number, y: number) => Rgb): void {
    const [xs, ys, open] = [this.#x, this.#y, this.#open];
    this.#count = xs.length;
    for (let i = 0; i < xs.length; i++) {
      const aside = i & 1 ? 0.25 : -0.25;
      xs[i] = (i >> 1) + 0.5 + aside;
      ys[i] = py + aside;
      open[i] = i;
    }
    for (const step of steps)
      if (step.kind === "drop") this.#lift(step);
      else if (step.kind === "comb") this.#combBack(step);
      else this.#swirlBack(step);
    for (let k = 0; k < this.#count; k++) this.found[open[k]!] = ground(xs[open[k]!]!, ys[open[k]!]!);
  }

  #lift(drop: Extract<Step, { kind: "drop" }>): void {
    const [xs, ys, open, count, sx, sy] = [this.#x, this.#y, this.#open, this.#count, drop.x, drop.y];
    const r2 = drop.r * drop.r;
    let left = 0;
    for (let k = 0; k < count; k++) {
      const i = open[k]!;
      const rx = xs[i]! - sx;
      const ry = ys[i]! - sy;
      const d2 = rx * rx + ry * ry;
      if (d2 < r2) {
        this.found[i] = scale(drop.colour, 0.94 + 0.1 * (d2 / r2));
        continue;
      }
      // A drop pushed everything else outwards and kept its area.
      const back = Math.sqrt(1 - r2 / d2);
      xs[i] = sx + rx * back;
      ys[i] = sy + ry * back;
      open[left++] = i;
    }
    this.#count = left;
  }

  #combBack(s: Extract<Step, { kind: "comb" }>): void {
    for (let k = 0; k < this.#count; k++) {
      const i = this.#open[k]!;
      const across = (this.#x[i]! - s.x) * s.dy - (this.#y[i]! - s.y) * s.dx;
      const from = Math.abs(across - s.spacing * Math.round(across / s.spacing));
      const pull = (s.pull * s.reach) / (from + s.reach);
      this.#x[i]! -= s.dx * pull;
      this.#y[i]! -= s.dy * pull;
    }
  }

  #swirlBack(s: Extract<Step, { kind: "swirl" }>): void {
    for (let k = 0; k < this.#count; k++) {
      const i = this.#open[k]!;
      const rx = this.#x[i]! - s.x;
      const ry = this.#y[i]! - s.y;
      const d = Math.hypot(rx, ry) + 1e-9;
      const turn = -(s.pull * s.reach) / (Math.abs(d - s.r) + s.reach) / d;
      const sin = Math.sin(turn);
      const cos = Math.cos(turn);
      this.#x[i] = s.x + rx * cos - ry * sin;
      this.#y[i] = s.y + rx * sin + ry * cos;
    }
  }
}
