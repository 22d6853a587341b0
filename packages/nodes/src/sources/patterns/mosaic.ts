/** A Roman floor: tesserae laid in rows that follow wheels and waves, bevelled, with mortar between. */
import { hashUniform, seededUniform } from "../../seeded.ts";
import { Canvas, type Place } from "./canvas.ts";
import { mix, pick, scale, shade, smoothstep, type Palette, type Rgb } from "./colour.ts";
import { cloudNoise, valueNoise } from "./noise.ts";

interface Wheel extends Place {
  radius: number;
  start: number;
}

/** `width`×`height` pixels of RGB. */
export function mosaic(width: number, height: number, seed: number, palette: Palette): Uint8Array {
  const next = seededUniform(seed);
  const unit = Math.min(width, height) / 256;
  const tile = 6.5 * unit;
  const canvas = new Canvas(width, height);
  const wheels = layWheels(width, height, unit, next);
  const mortar: Rgb = mix(scale(shade(palette, 0.9), 0.55), [0.45, 0.42, 0.38], 0.6);
  canvas.fill((x, y) => {
    const wheel = wheels.find((w) => Math.hypot(x - w.x, y - w.y) < w.radius);
    // Rows of a wheel are rings, cut into equal arcs; rows of the ground roll like water.
    let [row, along, id] = [0, 0, 0];
    if (wheel) {
      const d = Math.hypot(x - wheel.x, y - wheel.y);
      row = d / tile;
      const count = Math.max(4, Math.round(2 * Math.PI * (Math.floor(row) + 0.5)));
      along = (Math.atan2(y - wheel.y, x - wheel.x) / (2 * Math.PI) + 0.5) * count + 0.5 * (Math.floor(row) % 2);
      id = 1 + wheels.indexOf(wheel);
    } else {
      row = (y + 17 * unit * Math.sin(x / (26 * unit) + 0.8 * Math.sin(y / (50 * unit)))) / tile;
      along = x / tile / (0.9 + 0.5 * hashUniform(Math.floor(row), 1, seed)) + 9 * hashUniform(Math.floor(row), 0, seed);
    }
    const [r, a] = [Math.floor(row), Math.floor(along)];
    const own = (salt: number) => hashUniform(a + 977 * id, r, seed + salt);
    const stone = wheel ? wheelColour(wheel, r, a, id, palette, own(1)) : groundColour(x, y, r, unit, seed, palette, own(1));
    // Each stone is cut by hand: its gaps and corners differ, and it lies at its own slant to the light.
    const [u, v] = [along - a - 0.5, row - r - 0.5];
    const [hu, hv] = [0.43 - 0.07 * own(2), 0.44 - 0.07 * own(3)];
    const turn = 0.14 * (own(4) - 0.5);
    const [su, sv] = [u + turn * v, v - turn * u];
    const inside = Math.min(hu - Math.abs(su), hv - Math.abs(sv)) * tile;
    const bevel = smoothstep(0, 1.4 * unit, inside);
    const slant = 1 + 0.2 * (own(5) - 0.5) - 0.5 * (su * (own(6) - 0.3) + sv * 0.55) - 0.22 * (1 - bevel) * Math.sign(su + sv);
    const vein = 0.9 + 0.2 * valueNoise(x / (1.6 * unit), y / (1.6 * unit), seed + a);
    const grain = scale(mortar, 0.75 + 0.5 * valueNoise(x / (1.2 * unit), y / (1.2 * unit), seed + 9));
    return mix(grain, scale(stone, slant * vein), smoothstep(-0.5, 0.7, inside));
  });
  return canvas.bytes();
}

function layWheels(width: number, height: number, unit: number, next: () => number): Wheel[] {
  const wheels: Wheel[] = [];
  for (let tries = 0; tries < 300 && wheels.length < 8; tries++) {
    const w = { x: width * next(), y: height * next(), radius: (wheels.length < 2 ? 62 : 26 + 18 * next()) * unit, start: next() };
    if (wheels.every((o) => Math.hypot(o.x - w.x, o.y - w.y) > o.radius + w.radius + 4 * unit)) wheels.push(w);
  }
  return wheels;
}

function wheelColour({ start }: Wheel, ring: number, piece: number, id: number, palette: Palette, u: number): Rgb {
  const jitter = 0.14 * (u - 0.5);
  if (ring < 1) return palette.accents[0]!;
  const band = (ring + Math.floor(start * 5)) % 5;
  if (band === 0) return shade(palette, 0.08 + jitter);
  if (band === 3) return mix(pick(palette.accents, (piece % 3 === 0 ? start : start + 0.4) % 1), shade(palette, 0.5), 0.5 * u * 0.4);
  return shade(palette, ((ring * 0.19 + id * 0.31 + start) % 1) * 0.85 + 0.12 + jitter);
}

function groundColour(x: number, y: number, row: number, unit: number, seed: number, palette: Palette, u: number): Rgb {
  const drift = cloudNoise(x / (70 * unit), y / (70 * unit), seed + 12, 2);
  if (row % 9 === 0) return pick(palette.accents, drift);
  return shade(palette, smoothstep(0.25, 0.75, drift) * 0.75 + 0.12 * (row % 3) + 0.25 * (u - 0.5));
}
