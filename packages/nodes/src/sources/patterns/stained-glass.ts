/** A cathedral window: a rose of petals in rings, set into broken glass, with lead between and light behind. */
import { hashUniform, seededUniform } from "../../seeded.ts";
import { Canvas, type Place } from "./canvas.ts";
import { mix, pick, scale, shade, smoothstep, type Palette, type Rgb } from "./colour.ts";
import { cloudNoise, valueNoise } from "./noise.ts";

interface Pane extends Place {
  colour: Rgb;
}

/** `width`×`height` pixels of RGB. */
export function stainedGlass(width: number, height: number, seed: number, palette: Palette): Uint8Array {
  const next = seededUniform(seed);
  const unit = Math.min(width, height) / 256;
  const centre = { x: width * (0.42 + 0.16 * next()), y: height * (0.42 + 0.16 * next()) };
  const panes = cutPanes(width, height, unit, centre, palette, next);
  const nearest = paneFinder(panes, width, height, 24 * unit);
  const canvas = new Canvas(width, height);
  const lead: Rgb = scale(palette.ramp[0]!, 0.35);
  canvas.fill((x, y) => {
    const [wx, wy] = [x + 2.5 * unit * (valueNoise(x / (16 * unit), y / (16 * unit), seed) - 0.5), y + 2.5 * unit * (valueNoise(x / (16 * unit), y / (16 * unit), seed + 1) - 0.5)];
    const { pane, edge, index } = nearest(wx, wy);
    // Old glass: streaks of its own direction, thicker towards the rim, seeds of air.
    const angle = 6.28 * hashUniform(index, 7, seed);
    const [s, c] = [Math.sin(angle), Math.cos(angle)];
    const streak = cloudNoise((x * c + y * s) / (14 * unit), (y * c - x * s) / (3.5 * unit), seed + index, 3);
    const glow = 1.28 - 0.75 * Math.min(1, Math.hypot(x - centre.x, y - centre.y) / (0.62 * Math.hypot(width, height)));
    const thickness = 0.72 + 0.28 * smoothstep(0, 8 * unit, edge);
    let colour = scale(mix(pane.colour, shade(palette, 0.98), 0.22 * smoothstep(0.55, 0.9, streak)), glow * thickness * (0.72 + 0.56 * streak));
    if (valueNoise(x / (1.6 * unit), y / (1.6 * unit), seed + 5) > 0.93) colour = mix(colour, [1, 1, 0.95], 0.25);
    const half = 1.9 * unit;
    // Lead is a rounded bar: light on its shoulder.
    const bar = smoothstep(half + 0.7, half - 0.7, edge);
    return mix(colour, mix(lead, [0.45, 0.45, 0.5], 0.5 * smoothstep(half, 0, edge) * valueNoise(x / (5 * unit), y / (5 * unit), seed + 9)), bar);
  });
  return canvas.bytes();
}

function cutPanes(width: number, height: number, unit: number, centre: Place, palette: Palette, next: () => number): Pane[] {
  const panes: Pane[] = [{ ...centre, colour: palette.accents[0]! }];
  let radius = 0;
  const rings = 4;
  for (let ring = 1; ring <= rings; ring++) {
    radius += (17 + 4 * next()) * unit;
    const count = ring === 1 ? 8 : ring === 2 ? 8 : 16;
    const [a, b] = [pick(palette.ramp.slice(1), next()), pick(palette.ramp.slice(2), next())];
    for (let i = 0; i < count; i++) {
      const angle = ((i + (ring % 2) / 2) / count) * 2 * Math.PI;
      const tint = next() < 0.12 ? pick(palette.accents, next()) : i % 2 ? a : b;
      panes.push({ x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle), colour: scale(tint, 0.9 + 0.2 * next()) });
    }
  }
  const clear = radius + 15 * unit;
  const spacing = 23 * unit;
  for (let y = -spacing; y < height + spacing; y += spacing)
    for (let x = -spacing; x < width + spacing; x += spacing) {
      const place = { x: x + spacing * 0.95 * next(), y: y + spacing * 0.95 * next() };
      if (Math.hypot(place.x - centre.x, place.y - centre.y) < clear) continue;
      // Drifts of one colour, with single panes of another.
      const drift = cloudNoise(place.x / (60 * unit), place.y / (60 * unit), 77, 2);
      const colour = next() < 0.14 ? pick(palette.accents, next()) : pick(palette.ramp.slice(1), Math.min(0.999, Math.max(0, (drift - 0.2) * 1.6 + 0.25 * (next() - 0.5))));
      panes.push({ ...place, colour: scale(colour, 0.75 + 0.45 * next()) });
    }
  return panes;
}

/** The pane at a place and the distance to its border, by a grid of buckets. */
function paneFinder(panes: readonly Pane[], width: number, height: number, cell: number) {
  const columns = Math.ceil(width / cell) + 4;
  const buckets = new Map<number, number[]>();
  const key = (i: number, j: number) => (j + 2) * columns + i + 2;
  panes.forEach((p, index) => {
    const at = key(Math.floor(p.x / cell), Math.floor(p.y / cell));
    buckets.set(at, [...(buckets.get(at) ?? []), index]);
  });
  const known = new Map<number, readonly number[]>();
  const around = (i: number, j: number): readonly number[] => {
    let near = known.get(key(i, j));
    if (!near) {
      const found: number[] = [];
      for (let dj = -2; dj <= 2; dj++) for (let di = -2; di <= 2; di++) found.push(...(buckets.get(key(i + di, j + dj)) ?? []));
      known.set(key(i, j), (near = found));
    }
    return near;
  };
  return (x: number, y: number): { pane: Pane; edge: number; index: number } => {
    const i = Math.floor(x / cell);
    const j = Math.floor(y / cell);
    const near = around(i, j);
    let best = near[0] ?? 0;
    let least = Infinity;
    for (const n of near) {
      const d = (panes[n]!.x - x) ** 2 + (panes[n]!.y - y) ** 2;
      if (d < least) {
        best = n;
        least = d;
      }
    }
    const own = panes[best]!;
    let edge = Infinity;
    for (const n of near) {
      if (n === best) continue;
      const other = panes[n]!;
      const dx = other.x - own.x;
      const dy = other.y - own.y;
      // Distance to the perpendicular bisector.
      const d = ((other.x + own.x) / 2 - x) * dx + ((other.y + own.y) / 2 - y) * dy;
      edge = Math.min(edge, d / Math.hypot(dx, dy));
    }
    return { pane: own, edge, index: best };
  };
}
