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
  /** For each output pixel: the first source pixel, and where its weights lie in `weights`. */
  readonly first: Int32Array;
  readonly offset: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Triangle filter as wide as one source or one output pixel, whichever is larger; the weights sum to 1. Only pixels `0…n−1`
 * are listed: those beyond count as black, so that their weight is dropped, or as the edge, which takes their weight.
 */
function taps(start: number, length: number, count: number, n: number, outside: Outside): Taps {
  const step = length / count;
  const radius = Math.max(1, step);
  const first = new Int32Array(count);
  const offset = new Int32Array(count + 1);
  const weights = new Float32Array(count * (2 * Math.ceil(radius) + 1));
  let at = 0;
  for (let i = 0; i < count; i++) {
    const centre = start + (i + 0.5) * step - 0.5;
    const low = Math.floor(centre - radius) + 1;
    const high = Math.ceil(centre + radius) - 1;
    const triangle = (pixel: number) => 1 - Math.abs(pixel - centre) / radius;
    let sum = 0;
    for (let pixel = low; pixel <= high; pixel++) sum += triangle(pixel);
    const clamped = (pixel: number) => Math.min(n - 1, Math.max(0, pixel));
    const [from, to] = outside === "edge" ? [clamped(low), clamped(high)] : [Math.max(low, 0), Math.min(high, n - 1)];
    first[i] = from;
    if (outside === "edge") for (let pixel = low; pixel <= high; pixel++) weights[at + clamped(pixel) - from]! += triangle(pixel) / sum;
    else for (let pixel = from; pixel <= to; pixel++) weights[at + pixel - from] = triangle(pixel) / sum;
    at += Math.max(0, to - from + 1);
    offset[i + 1] = at;
  }
  return { first, offset, weights };
}

/** A rectangle of the picture at `width × height`: `[height,width,3]`, values 0…1. */
export function sampleRegion(image: ImageValue, region: Region, width: number, height: number, outside: Outside = "black"): Float32Array {
  const columns = taps(region.x, region.width, width, image.width, outside);
  const rows = taps(region.y, region.height, height, image.height, outside);
  const line = width * 3;
  const out = new Float32Array(height * line);
  // Rows of the picture at the new width, made when first needed; a later output row never needs an earlier one again.
  const narrow = new Map<number, Float32Array>();
  const free: Float32Array[] = [];
  for (let r = 0; r < height; r++) {
    const start = rows.first[r]!;
    const [from, to] = [rows.offset[r]!, rows.offset[r + 1]!];
    for (const [y, values] of narrow) {
      if (y >= start) break;
      narrow.delete(y);
      free.push(values);
    }
    for (let k = from; k < to; k++) {
      const y = start + k - from;
      let values = narrow.get(y);
      if (!values) narrow.set(y, (values = shrinkRow(image, y, columns, free.pop() ?? new Float32Array(line))));
      const weight = rows.weights[k]! / 255;
      for (let i = 0, o = r * line; i < line; i++, o++) out[o]! += weight * values[i]!;
    }
  }
  return out;
}

/** One row of the picture, 0…255, at the width of `columns`, written to `into`. */
function shrinkRow(image: ImageValue, y: number, columns: Taps, into: Float32Array): Float32Array {
  const { data } = image;
  const { first, offset, weights } = columns;
  for (let c = 0; c < first.length; c++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = offset[c]!, at = (y * image.width + first[c]!) * 3, end = offset[c + 1]!; k < end; k++, at += 3) {
      const w = weights[k]!;
      red += w * data[at]!;
      green += w * data[at + 1]!;
      blue += w * data[at + 2]!;
    }
    into[3 * c] = red;
    into[3 * c + 1] = green;
    into[3 * c + 2] = blue;
  }
  return into;
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
