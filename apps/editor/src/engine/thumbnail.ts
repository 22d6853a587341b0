/** A small picture of what can be seen as one: pictures, and tensors laid out as maps. */
import type { ImageValue, RuntimeValue } from "@patchbay/runtime";

/** Pixels of the longer side. */
export const LONGEST = 256;

/** Reads one colour channel (0…255) of the pixel at a flat place `y·width + x`. */
type Channel = (place: number, channel: 0 | 1 | 2) => number;

export function thumbnailOf(value: RuntimeValue): ImageValue | undefined {
  switch (value.kind) {
    case "image":
      return smallImage(value);
    case "images":
      return value.items[0] && smallImage(value.items[0].image);
    case "faces":
      return smallImage(value.image);
    case "tensor":
      return tensorPicture(value.shape, value.data);
    case "activations":
      return value.layers[0] && tensorPicture(value.layers[0].tensor.shape, value.layers[0].tensor.data);
    default:
      return undefined;
  }
}

const smallImage = ({ width, height, data }: ImageValue): ImageValue => reduced(width, height, (place, channel) => data[place * 3 + channel]!);

/** `[1,H,W,3]` as the picture that it is; other maps in grey from least to largest, the channels averaged. */
function tensorPicture(shape: readonly number[], data: ArrayLike<number>): ImageValue | undefined {
  const plain = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (plain.length !== 2 && plain.length !== 3) return undefined;
  const [height, width, channels = 1] = plain as [number, number, number?];
  if (height < 2 || width < 2 || height * width * channels !== data.length) return undefined;
  if (channels === 3 && looksLikeColours(data)) return reduced(width, height, (place, channel) => data[place * 3 + channel]! * 255);
  const grey = new Float32Array(height * width);
  let [min, max] = [Infinity, -Infinity];
  for (let place = 0; place < grey.length; place++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += data[place * channels + c]!;
    grey[place] = sum / channels;
    if (!Number.isFinite(sum)) continue;
    min = Math.min(min, sum / channels);
    max = Math.max(max, sum / channels);
  }
  const scale = max > min ? 255 / (max - min) : 0;
  return reduced(width, height, (place) => (Number.isFinite(grey[place]!) ? (grey[place]! - min) * scale : 0));
}

/** Within 0…1, give or take what resampling adds. Every number of a small tensor is looked at, of a large one some. */
function looksLikeColours(data: ArrayLike<number>): boolean {
  const step = Math.max(1, Math.floor(data.length / 20_000));
  for (let i = 0; i < data.length; i += step) if (!(data[i]! >= -0.05 && data[i]! <= 1.05)) return false;
  return true;
}

/** Each small pixel is the mean of those that it covers, of which at most 16 are read. */
function reduced(width: number, height: number, read: Channel): ImageValue {
  const factor = Math.min(1, LONGEST / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
  const out = new Uint8Array(w * h * 3);
  const covered = Array.from({ length: w }, (_, x) => spread(x, w, width));
  for (let y = 0; y < h; y++) {
    const rows = spread(y, h, height);
    for (const [x, columns] of covered.entries()) {
      const sums: [number, number, number] = [0, 0, 0];
      for (const row of rows) for (const column of columns) for (const c of [0, 1, 2] as const) sums[c] += read(row * width + column, c);
      for (const c of [0, 1, 2] as const) out[(y * w + x) * 3 + c] = Math.min(255, Math.max(0, sums[c] / (rows.length * columns.length) + 0.5));
    }
  }
  return { kind: "image", width: w, height: h, data: out };
}

/** At most four of the source's places that the small place covers. */
function spread(place: number, small: number, large: number): number[] {
  const from = Math.floor((place * large) / small);
  const to = Math.max(from + 1, Math.floor(((place + 1) * large) / small));
  const step = Math.max(1, (to - from) / 4);
  const places: number[] = [];
  for (let at = from; at < to && places.length < 4; at += step) places.push(Math.floor(at));
  return places;
}
