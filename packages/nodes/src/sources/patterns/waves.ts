/** A woodcut sea: crest behind crest, each combed with lines, foam fingers along the edges, a pale sun over it. */
import { seededUniform } from "../../seeded.ts";
import { Canvas } from "./canvas.ts";
import { mix, pick, scale, shade, smoothstep, type Palette, type Rgb } from "./colour.ts";
import { cloudNoise, valueNoise } from "./noise.ts";

/** `width`×`height` pixels of RGB. */
export function waves(width: number, height: number, seed: number, palette: Palette): Uint8Array {
  const next = seededUniform(seed);
  const unit = Math.min(width, height) / 256;
  const canvas = new Canvas(width, height);
  const sun = { x: width * (0.2 + 0.6 * next()), y: height * 0.2, r: 24 * unit };
  const light = shade(palette, 0.96);
  canvas.fill((x, y) => {
    const band = smoothstep(0.35, 0.65, cloudNoise(x / (95 * unit), y / (13 * unit), seed + 2, 3));
    const paper = 0.95 + 0.1 * valueNoise(x / (40 * unit), y / (1.6 * unit), seed + 3);
    const sky = scale(mix(mix(shade(palette, 0.72), light, smoothstep(0, 0.5 * height, y)), shade(palette, 0.62), 0.4 * band), paper);
    const inSun = smoothstep(sun.r + 1, sun.r - 1, Math.hypot(x - sun.x, y - sun.y));
    return mix(sky, palette.accents[2] ?? light, 0.9 * inSun);
  });
  const layers = 9;
  for (let layer = 0; layer < layers; layer++) {
    const depth = layer / (layers - 1);
    paintCrest(canvas, { base: height * (0.3 + 0.66 * depth ** 1.1), size: (15 + 42 * depth) * unit, depth, unit, seed: seed * 31 + layer * 7, next, palette, light });
  }
  return canvas.bytes();
}

interface Crest { base: number; size: number; depth: number; unit: number; seed: number; next: () => number; palette: Palette; light: Rgb }

function paintCrest(canvas: Canvas, { base, size, depth, unit, seed, next, palette, light }: Crest): void {
  const { width, height } = canvas;
  const length = size * (3.2 + 1.6 * next());
  const [phase, tilt] = [next() * 6.28, 0.55 + 0.35 * next()];
  const body = 0.1 + 0.5 * next() * (1 - 0.5 * depth);
  const lineWidth = (2.6 + 2.2 * depth) * unit;
  // Crests lean over: the horizontal coordinate runs ahead where the wave is high.
  const top = new Float32Array(width).fill(Infinity);
  const lean = new Float32Array(width);
  for (let i = -width; i < 2 * width * 2; i++) {
    const u = i / 2;
    const a = (2 * Math.PI * u) / length + phase;
    const swell = 0.6 + 0.8 * valueNoise(u / (1.7 * length), 1, seed);
    const h = size * swell * (0.5 + 0.5 * Math.sin(a)) ** 1.7;
    const x = Math.round(u + tilt * size * swell * Math.cos(a) * 0.55);
    if (x < 0 || x >= width) continue;
    const y = base - h + 3 * unit * (valueNoise(u / (9 * unit), 2, seed) - 0.5);
    if (y < top[x]!) {
      top[x] = y;
      lean[x] = h / size;
    }
  }
  for (let x = 1; x < width; x++) if (top[x] === Infinity) [top[x], lean[x]] = [top[x - 1]!, lean[x - 1]!];
  for (let x = 0; x < width; x++) {
    const crest = top[x]!;
    for (let y = Math.max(0, Math.floor(crest)); y < height; y++) {
      const below = y - crest;
      const bend = 7 * unit * (cloudNoise(x / (30 * unit), y / (45 * unit), seed + 3, 2) - 0.5);
      // Lines run along the crest and flatten with depth; each keeps a flat colour, as cut in wood.
      const line = (below + bend) / lineWidth / (1 + below / (70 * unit));
      const flat = Math.floor(line);
      const tone = body + 0.24 * ((flat % 3) - 1) * (0.6 + 0.4 * valueNoise(flat, 4, seed)) + 0.1 * (valueNoise(x / (4 * unit), flat, seed) - 0.5);
      let colour = shade(palette, tone);
      if (flat % 5 === 3) colour = mix(colour, light, 0.65);
      const cut = line - flat;
      colour = mix(colour, shade(palette, 0), 0.75 * smoothstep(0.2, 0.05, Math.min(cut, 1 - cut)));
      const foamDepth = (2 + 9 * lean[x]! * (0.4 + valueNoise(x / (7 * unit), 9, seed))) * unit;
      if (below < foamDepth) colour = mix(light, shade(palette, 0.75), 0.3 * valueNoise(x / (3 * unit), y / (3 * unit), seed + 4));
      if (below < 1.3 * unit || Math.abs(below - foamDepth) < 0.8 * unit) colour = shade(palette, 0.02);
      canvas.cover(x, y, scale(colour, 0.94 + 0.12 * valueNoise(x / (30 * unit), y / (1.4 * unit), seed + 6)), Math.min(1, below + 1));
    }
  }
  // Foam breaks into fingers and spray where the crest is high.
  for (let x = 0; x < width; x += 1.5 * unit) {
    const i = Math.min(width - 1, Math.floor(x));
    if (lean[i]! < 0.45 + 0.3 * next()) continue;
    const r = (0.8 + 2.4 * next() * (0.4 + depth)) * unit;
    const [cx, cy] = [x, top[i]! + r * (next() - 0.3)];
    canvas.dot(cx, cy, r + 0.9 * unit, shade(palette, 0.04));
    canvas.dot(cx, cy, r, light);
    if (next() < 0.35) canvas.dot(x + 14 * unit * (next() - 0.7), top[i]! - 16 * unit * next() * next(), (0.5 + 0.9 * next()) * unit, next() < 0.85 ? light : pick(palette.accents, next()));
  }
}
