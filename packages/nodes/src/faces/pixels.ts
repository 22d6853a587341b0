/** Samples pictures where faces need it: a rectangle at any size, or a turned square, both without aliasing when shrinking. */
import type { ImageValue } from "@patchbay/runtime/node-api";

/** In pixels of the picture, edges at whole numbers (the first pixel covers 0…1). May reach over the border. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What lies beyond the picture's border. */
export type Outside = "black" | "edge";

/** `x' = a·x − b·y + tx`, `y' = b·x + a·y + ty`: turns, scales by `hypot(a, b)`, shifts. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

interface Taps {
  /** Index of the first source pixel, and weights from there on, for each output pixel. */
  readonly first: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** Triangle filter as wide as one source or one output pixel, whichever is larger; the weights sum to 1. */
function taps(start: number, length: number, count: number): Taps {
  const step = length / count;
  const radius = Math.max(1, step);
  const first = new Int32Array(count);
  const weights: Float32Array[] = [];
  for (let i = 0; i < count; i++) {
    const centre = start + (i + 0.5) * step - 0.5;
    const low = Math.floor(centre - radius) + 1;
    const high = Math.ceil(centre + radius) - 1;
    const w = new Float32Array(high - low + 1);
    let sum = 0;
    for (let j = 0; j < w.length; j++) sum += w[j] = 1 - Math.abs(low + j - centre) / radius;
    first[i] = low;
    weights.push(w.map((v) => v / sum));
  }
  return { first, weights };
}

/** A rectangle of the picture at `width × height`: `[height,width,3]`, values 0…1. */
export function sampleRegion(image: ImageValue, region: Region, width: number, height: number, outside: Outside = "black"): Float32Array {
  const columns = taps(region.x, region.width, width);
  const rows = taps(region.y, region.height, height);
  const firstRow = Math.min(...rows.first);
  const lastRow = rows.first.reduce((most, f, i) => Math.max(most, f + rows.weights[i]!.length - 1), firstRow);
  const inside = (i: number, n: number): number => (i >= 0 && i < n ? i : outside === "black" ? -1 : i < 0 ? 0 : n - 1);
  // Columns first, for the rows that matter; rows that repeat at an edge are read again rather than kept apart.
  const narrow = new Float32Array((lastRow - firstRow + 1) * width * 3);
  for (let r = firstRow; r <= lastRow; r++) {
    const row = inside(r, image.height);
    if (row < 0) continue;
    let to = (r - firstRow) * width * 3;
    for (let c = 0; c < width; c++, to += 3) {
      const w = columns.weights[c]!;
      let [red, green, blue] = [0, 0, 0];
      for (let k = 0; k < w.length; k++) {
        const column = inside(columns.first[c]! + k, image.width);
        if (column < 0) continue;
        const at = (row * image.width + column) * 3;
        red += w[k]! * image.data[at]!;
        green += w[k]! * image.data[at + 1]!;
        blue += w[k]! * image.data[at + 2]!;
      }
      narrow[to] = red / 255;
      narrow[to + 1] = green / 255;
      narrow[to + 2] = blue / 255;
    }
  }
  const out = new Float32Array(height * width * 3);
  const line = width * 3;
  for (let r = 0; r < height; r++)
    for (let k = 0, w = rows.weights[r]!; k < w.length; k++) {
      const from = (rows.first[r]! + k - firstRow) * line;
      for (let i = 0; i < line; i++) out[r * line + i]! += w[k]! * narrow[from + i]!;
    }
  return out;
}

/**
 * A turned square of the picture at `size × size`: `[size,size,3]`, values 0…1. `toPicture` takes chip coordinates to the
 * picture's (both with edges at whole numbers). Where it shrinks, the picture is shrunk first, without aliasing, so that
 * bilinear sampling is enough.
 */
export function sampleChip(image: ImageValue, toPicture: Similarity, size: number, outside: Outside = "black"): Float32Array {
  const { a, b, tx, ty } = toPicture;
  const scale = Math.max(1, Math.hypot(a, b));
  const corners = [[0, 0], [size, 0], [0, size], [size, size]].map(([x, y]) => [a * x! - b * y! + tx, b * x! + a * y! + ty] as const);
  const left = Math.floor(Math.min(...corners.map((p) => p[0]))) - 2 * scale;
  const top = Math.floor(Math.min(...corners.map((p) => p[1]))) - 2 * scale;
  const width = Math.ceil((Math.max(...corners.map((p) => p[0])) + 2 * scale - left) / scale);
  const height = Math.ceil((Math.max(...corners.map((p) => p[1])) + 2 * scale - top) / scale);
  const near = sampleRegion(image, { x: left, y: top, width: width * scale, height: height * scale }, width, height, outside);
  const out = new Float32Array(size * size * 3);
  for (let r = 0; r < size; r++)
    for (let c = 0; c < size; c++) {
      const [x, y] = [c + 0.5, r + 0.5];
      const u = (a * x - b * y + tx - left) / scale - 0.5;
      const v = (b * x + a * y + ty - top) / scale - 0.5;
      const [i, j] = [Math.floor(u), Math.floor(v)];
      const [fu, fv] = [u - i, v - j];
      const at = (j * width + i) * 3;
      for (let k = 0; k < 3; k++) {
        const upper = near[at + k]! * (1 - fu) + near[at + 3 + k]! * fu;
        const lower = near[at + width * 3 + k]! * (1 - fu) + near[at + width * 3 + 3 + k]! * fu;
        out[(r * size + c) * 3 + k] = upper * (1 - fv) + lower * fv;
      }
    }
  return out;
}
