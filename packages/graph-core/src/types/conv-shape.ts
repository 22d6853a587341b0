/** Output shapes of convolutions and pools of any rank, with a sentence where a window does not fit. */
import { ceilDivDim, convDim, dimsDiffer } from "./dim.ts";
import type { Dim } from "./port-type.ts";

export interface Window {
  kernel: number;
  stride?: number;
  /** `valid`: none. `same`: as much as keeps `ceil(in/stride)`. A number: so much on either side. */
  padding?: "valid" | "same" | number;
  dilation?: number;
}

export type ShapeResult = { ok: true; shape: Dim[] } | { ok: false; code: string; reason: string };

const AXES: { readonly [rank: number]: readonly string[] } = {
  2: ["batch", "width"],
  3: ["batch", "length", "channels"],
  4: ["batch", "height", "width", "channels"],
  5: ["batch", "depth", "height", "width", "channels"],
};

/** What people call an axis of a channels-last tensor: `height`, `channels`, or `axis 7`. */
export const axisName = (rank: number, axis: number): string => AXES[rank]?.[axis] ?? `axis ${axis}`;

/** The length of one axis after a window has slid over it; an error sentence when the window is larger than the axis. */
export function windowDim(length: Dim, window: Window, axis = "length"): { ok: true; dim: Dim } | { ok: false; reason: string } {
  const { kernel, stride = 1, padding = "valid", dilation = 1 } = window;
  if (padding === "same") return { ok: true, dim: ceilDivDim(length, stride) };
  const padTotal = padding === "valid" ? 0 : 2 * padding;
  const reach = dilation * (kernel - 1) + 1;
  if (typeof length === "number" && length + padTotal < reach) {
    const covers = dilation === 1 ? `is ${kernel} wide` : `reaches over ${reach} positions (${kernel} wide, dilation ${dilation})`;
    const padded = padTotal ? ` (${length + padTotal} with its padding)` : "";
    return { ok: false, reason: `The kernel ${covers}, which is larger than the input's ${axis} of ${length}${padded}.` };
  }
  return { ok: true, dim: convDim(length, kernel, stride, padTotal, dilation) };
}

/** Slides one window per spatial axis over `[N, …spatial, C]` and keeps batch and channels: a pool. */
export function poolShape(shape: readonly Dim[], windows: readonly Window[]): ShapeResult {
  if (shape.length !== windows.length + 2)
    return {
      ok: false,
      code: "wrong-rank",
      reason: `It slides over ${windows.length} spatial ${windows.length === 1 ? "axis" : "axes"} and needs ${windows.length + 2} axes with batch and channels; the input has the shape [${shape.join(",")}].`,
    };
  const out: Dim[] = [shape[0]!];
  for (const [i, window] of windows.entries()) {
    const result = windowDim(shape[i + 1]!, window, axisName(shape.length, i + 1));
    if (!result.ok) return { ok: false, code: "kernel-too-large", reason: result.reason };
    out.push(result.dim);
  }
  return { ok: true, shape: [...out, shape.at(-1)!] };
}

/**
 * The shape of a convolution over `[N, …spatial, C]`: `[N, …out, filters]`.
 * `channels` is the filters' own channel count where it is fixed (weights that exist); it must equal the input's.
 */
export function convShape(
  shape: readonly Dim[],
  options: { windows: readonly Window[]; filters: number; channels?: Dim; groups?: number },
): ShapeResult {
  const pooled = poolShape(shape, options.windows);
  if (!pooled.ok) return pooled;
  const channels = shape.at(-1)!;
  const { channels: needed, groups = 1 } = options;
  if (needed !== undefined && dimsDiffer(channels, needed))
    return { ok: false, code: "channel-mismatch", reason: `The filters have ${needed} channels; the input has ${channels} channels.` };
  if (typeof channels === "number" && channels % groups !== 0)
    return { ok: false, code: "channel-mismatch", reason: `The input's ${channels} channels cannot be split into ${groups} groups of equal size.` };
  if (options.filters % groups !== 0)
    return { ok: false, code: "channel-mismatch", reason: `The ${options.filters} filters cannot be split into ${groups} groups of equal size.` };
  return { ok: true, shape: [...pooled.shape.slice(0, -1), options.filters] };
}
