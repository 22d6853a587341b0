/** The three planes through a place in a volume: axial, coronal and sagittal, as pictures with contrast and a heat map on top. */
import type { ImageValue } from "@patchbay/runtime";
import { shade, type ColourMap } from "../pixels/colour-maps.ts";

export const PLANES = ["axial", "coronal", "sagittal"] as const;
export type PlaneName = (typeof PLANES)[number];
/** Depth, height and width of a voxel, from 0. */
export type Place = readonly [number, number, number];

/** `[1,D,H,W,C]`. */
export interface Voxels {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Which axis stands still and which ones run down and across. The depth goes up where it runs down: the head is on top. */
const CUTS: { readonly [P in PlaneName]: { readonly fixed: 0 | 1 | 2; readonly down: 0 | 1 | 2; readonly across: 0 | 1 | 2 } } = {
  axial: { fixed: 0, down: 1, across: 2 },
  coronal: { fixed: 1, down: 0, across: 2 },
  sagittal: { fixed: 2, down: 0, across: 1 },
};

export const fixedAxis = (plane: PlaneName): 0 | 1 | 2 => CUTS[plane].fixed;

/** In voxels. */
export function planeSize(plane: PlaneName, [D, H, W]: Place): { width: number; height: number } {
  const lengths = [D, H, W];
  return { width: lengths[CUTS[plane].across]!, height: lengths[CUTS[plane].down]! };
}

/** Width by height as the body has it, where voxels are no cubes. */
export function planeRatio(plane: PlaneName, size: Place, spacing: Place): number {
  const { width, height } = planeSize(plane, size);
  return (width * spacing[CUTS[plane].across]) / (height * spacing[CUTS[plane].down]);
}

/** Where a place lies in a plane's picture, in shares of its width and height: the middle of the voxel. */
export function shareOf(plane: PlaneName, size: Place, place: Place): { x: number; y: number } {
  const { down, across } = CUTS[plane];
  const y = (place[down] + 0.5) / size[down];
  return { x: (place[across] + 0.5) / size[across], y: down === 0 ? 1 - y : y };
}

/** The place under a point of a plane's picture; what stands still in the plane stays. */
export function placeAt(plane: PlaneName, size: Place, place: Place, x: number, y: number): Place {
  const { down, across } = CUTS[plane];
  const next: [number, number, number] = [...place];
  const voxel = (share: number, axis: number): number => Math.min(size[axis]! - 1, Math.max(0, Math.floor(share * size[axis]!)));
  next[across] = voxel(x, across);
  next[down] = voxel(down === 0 ? 1 - y : y, down);
  return next;
}

/** A step by arrow keys (right and down are positive) or through the slices. */
export function stepped(plane: PlaneName, size: Place, place: Place, { right = 0, down: lower = 0, through = 0 }: { right?: number; down?: number; through?: number }): Place {
  const { fixed, down, across } = CUTS[plane];
  const next: [number, number, number] = [...place];
  next[across] += right;
  next[down] += down === 0 ? -lower : lower;
  next[fixed] += through;
  return next.map((v, axis) => Math.min(size[axis]! - 1, Math.max(0, v))) as unknown as Place;
}

export interface Painting {
  /** One channel through a colour map; absent: the three channels are red, green and blue. */
  readonly one?: { readonly channel: number; readonly map: ColourMap };
  /** Black and white. */
  readonly ends: readonly [number, number];
  /** Laid over it: one channel of the same size, the clearer the higher. */
  readonly over?: { readonly data: ArrayLike<number>; readonly map: ColourMap; readonly ends: readonly [number, number]; readonly opacity: number };
}

/** The plane through `place`. What is not finite is magenta. */
export function paintCut({ shape, data }: Voxels, plane: PlaneName, place: Place, { one, ends, over }: Painting): ImageValue {
  const [, D, H, W, C] = shape as [number, number, number, number, number];
  const { fixed, down, across } = CUTS[plane];
  const strides = [H * W, W, 1];
  const { width, height } = planeSize(plane, [D, H, W]);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, p = 0; y < height; y++) {
    const row = place[fixed] * strides[fixed]! + (down === 0 ? height - 1 - y : y) * strides[down]!;
    for (let x = 0; x < width; x++, p += 3) {
      const voxel = row + x * strides[across]!;
      for (let c = 0; c < 3; c++) {
        const at = shade(data[voxel * C + (one ? one.channel : c)]!, ends[0], ends[1]);
        pixels[p + c] = at === null ? (c === 1 ? 0 : 255) : one ? one.map[at * 3 + c]! : at;
      }
      const heat = over && shade(over.data[voxel]!, over.ends[0], over.ends[1]);
      if (over && heat) {
        const share = (over.opacity * heat) / 255;
        for (let c = 0; c < 3; c++) pixels[p + c] = Math.round(pixels[p + c]! * (1 - share) + over.map[heat * 3 + c]! * share);
      }
    }
  }
  return { kind: "image", width, height, data: pixels };
}

/** So many numbers are looked at for a contrast that leaves outliers out. */
const LOOKED_AT = 40_000;

/** The values below and above which 1 % lie, of one channel or (null) of all. */
export function usualEnds({ shape, data }: Voxels, channel: number | null): readonly [number, number] {
  const channels = channel === null ? 1 : shape[4]!;
  const count = Math.floor(data.length / channels);
  const every = Math.max(1, Math.floor(count / LOOKED_AT));
  const found: number[] = [];
  for (let i = 0; i < count; i += every) {
    const value = data[i * channels + (channel ?? 0)]!;
    if (Number.isFinite(value)) found.push(value);
  }
  if (found.length === 0) return [0, 1];
  found.sort((a, b) => a - b);
  return [found[Math.floor(0.01 * (found.length - 1))]!, found[Math.ceil(0.99 * (found.length - 1))]!];
}
