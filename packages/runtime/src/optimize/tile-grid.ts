/** Where tiles lie, and how much of each counts: grids that move from round to round, so that no border stays in one place. */
import { philox } from "../ir/random.ts";

/** Share of a tile's side that it has in common with its neighbour, twice: on either side of its core. */
const MARGIN = 1 / 8;

export interface TileWindow {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** Where windows of `side` pixels start along `length` pixels, when the grid of their cores is moved by `offset`. */
export function windowStarts(length: number, side: number, offset: number): readonly number[] {
  if (length <= side) return [0];
  const margin = Math.floor(side * MARGIN);
  const stride = side - 2 * margin;
  const starts: number[] = [];
  for (let core = -(offset % stride); core < length; core += stride) {
    // The next window reaches back over what little there is of this core.
    if (core + stride <= margin) continue;
    if (starts.length && starts.at(-1)! + side >= length) break;
    starts.push(Math.min(Math.max(core - margin, 0), length - side));
  }
  return starts;
}

/** The tiles of a round, row by row: they cover the picture, and each is as large as the others. */
export function tilesOf(height: number, width: number, side: number, round: number, seed: number): readonly TileWindow[] {
  const [down, across] = philox(seed, 0x711e5 + round);
  const [h, w] = [Math.min(side, height), Math.min(side, width)];
  return windowStarts(height, side, down).flatMap((top) => windowStarts(width, side, across).map((left) => ({ top, left, height: h, width: w })));
}

/** How much position `i` of a window counts: rising over what it shares with its neighbour, 1 inside and at the picture's own edges. */
export function weights(start: number, side: number, length: number): Float32Array {
  const ramp = Math.max(1, 2 * Math.floor(side * MARGIN));
  return Float32Array.from({ length: side }, (_, i) => {
    const low = start === 0 ? 1 : (i + 0.5) / ramp;
    const high = start + side === length ? 1 : (side - i - 0.5) / ramp;
    return Math.min(1, low, high);
  });
}
