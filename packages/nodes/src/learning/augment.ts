/** Examples as rows of a batch, as they are or changed at random: flipped, shifted, brighter, noisier, so that none is seen twice alike. */
import type { ParamSpec, ParamValues } from "@patchbay/graph-core";
import { sizeOf, type DatasetValue } from "@patchbay/runtime/node-api";

const shownWith = { param: "augment", equals: [true] };

export const AUGMENT: readonly ParamSpec[] = [
  { name: "augment", title: "Augment", kind: "boolean", default: false, help: "Changes each training example at random every time it is fed; what is held out stays as it is." },
  { name: "flip", title: "Mirror", kind: "boolean", default: true, help: "Mirrors every second picture left to right; signals and encodings stay.", visibleWhen: shownWith },
  { name: "shift", title: "Shift", kind: "number", default: 2, min: 0, max: 64, integer: true, unit: "positions", help: "The farthest shift along every spatial axis; the border is repeated.", visibleWhen: shownWith },
  { name: "brightness", title: "Brightness", kind: "number", default: 0.1, min: 0, max: 1, step: 0.01, help: "The most that is added to or taken from every number.", visibleWhen: shownWith },
  { name: "contrast", title: "Contrast", kind: "number", default: 0.2, min: 0, max: 1, step: 0.01, help: "The largest share by which differences grow or shrink: of pictures from mid-grey, of all else from 0.", visibleWhen: shownWith },
  { name: "noise", title: "Noise", kind: "number", default: 0, min: 0, max: 10, step: 0.005, help: "Standard deviation of what is added to each number by itself.", visibleWhen: shownWith },
];

interface Augmentation {
  readonly flip: boolean;
  readonly shift: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly noise: number;
}

export const augmentation = (params: ParamValues): Augmentation | undefined => (params["augment"] ? (params as unknown as Augmentation) : undefined);

/** The examples at `indices` one after another, `[indices.length, …example]`; bytes become 0…1. Changed by `how`, with random numbers from `next`. */
export function rowsOf(dataset: DatasetValue, indices: ArrayLike<number>, how?: Augmentation, next?: () => number): Float32Array {
  const size = sizeOf(dataset.example);
  const out = new Float32Array(indices.length * size);
  const scale = dataset.data instanceof Uint8Array ? 1 / 255 : 1;
  for (let row = 0; row < indices.length; row++) {
    const from = dataset.data.subarray(indices[row]! * size, (indices[row]! + 1) * size);
    const to = out.subarray(row * size, (row + 1) * size);
    if (how && next) change(from, to, dataset, scale, how, next);
    else if (scale === 1) to.set(from);
    else for (let i = 0; i < size; i++) to[i] = from[i]! * scale;
  }
  return out;
}

/** A sum of two uniform numbers less 1 has the variance 1/6. */
const UNIT = Math.sqrt(6);

function change(from: ArrayLike<number>, to: Float32Array, { example, meaning }: DatasetValue, scale: number, how: Augmentation, next: () => number): void {
  const signed = (most: number): number => most * (2 * next() - 1);
  const channels = example.at(-1)!;
  const spatial = example.slice(0, -1);
  const [depth, height, width] = [...new Array<number>(3 - spatial.length).fill(1), ...spatial] as [number, number, number];
  const mirrored = how.flip && meaning !== "signal" && spatial.length > 1 && next() < 0.5;
  const by = (length: number): number => (length > 1 ? Math.round(signed(how.shift)) : 0);
  const [dz, dy, dx] = [by(depth), by(height), by(width)];
  const isPicture = meaning === "image";
  const gain = 1 + signed(how.contrast);
  const add = signed(how.brightness) + (isPicture ? 0.5 * (1 - gain) : 0);
  const noise = how.noise * UNIT;
  const inside = (i: number, length: number): number => (i < 0 ? 0 : i >= length ? length - 1 : i);
  let at = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const line = (inside(z + dz, depth) * height + inside(y + dy, height)) * width;
      for (let x = 0; x < width; x++) {
        const source = (line + inside((mirrored ? width - 1 - x : x) + dx, width)) * channels;
        for (let c = 0; c < channels; c++, at++) {
          const value = from[source + c]! * scale * gain + add + (noise ? noise * (next() + next() - 1) : 0);
          to[at] = isPicture ? Math.min(1, Math.max(0, value)) : value;
        }
      }
    }
}
