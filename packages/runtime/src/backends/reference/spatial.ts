/** Convolutions and pooling of rank 1 to 3, as loops over rows of three spatial axes (missing ones have length 1). */
import type { PoolAttrs } from "../../ir/ops.ts";
import { sizeOf, type StaticType } from "../../ir/tensor.ts";
import type { Kernel, Tensor64 } from "./tensor64.ts";

/** The last `3` spatial entries, filled from the front. */
const three = (list: readonly number[], fill: number): [number, number, number] => [...new Array<number>(3 - list.length).fill(fill), ...list] as [number, number, number];

/**
 * A window sliding over `big` gives `small`: tap k of position s reads `big[s·stride − pad + k·dilation]`.
 * Convolution goes from big to small, its transpose from small to big.
 */
interface Geometry {
  big: [number, number, number];
  small: [number, number, number];
  kernel: [number, number, number];
  strides: [number, number, number];
  dilations: [number, number, number];
  pad: [number, number, number];
}

const geometry = (big: readonly number[], small: readonly number[], kernel: readonly number[], a: { strides: readonly number[]; dilations?: readonly number[]; padLow: readonly number[] }): Geometry => ({
  big: three(big, 1), small: three(small, 1), kernel: three(kernel, 1), strides: three(a.strides, 1), dilations: three(a.dilations ?? [], 1), pad: three(a.padLow, 0),
});

/** Positions s with 0 ≤ s·stride + shift < length, as a half-open range. */
function inside(count: number, stride: number, shift: number, length: number): [number, number] {
  return [Math.max(0, Math.ceil(-shift / stride)), Math.min(count, Math.floor((length - 1 - shift) / stride) + 1)];
}

/** For each tap, each run of small positions whose big ones lie inside: `visit(tap, small start, big start, length)`; big advances by `strides[2]`. */
function eachRun(g: Geometry, visit: (tap: number, small: number, big: number, length: number) => void): void {
  let tap = 0;
  for (let kd = 0; kd < g.kernel[0]; kd++)
    for (let kh = 0; kh < g.kernel[1]; kh++)
      for (let kw = 0; kw < g.kernel[2]; kw++, tap++) {
        const shift = [kd, kh, kw].map((k, i) => k * g.dilations[i]! - g.pad[i]!) as [number, number, number];
        const [range0, range1, range2] = [0, 1, 2].map((i) => inside(g.small[i]!, g.strides[i]!, shift[i]!, g.big[i]!)) as [[number, number], [number, number], [number, number]];
        if (range2[1] <= range2[0]) continue;
        for (let d = range0[0]; d < range0[1]; d++)
          for (let h = range1[0]; h < range1[1]; h++) {
            const small = (d * g.small[1] + h) * g.small[2] + range2[0];
            const row = (d * g.strides[0] + shift[0]) * g.big[1] + h * g.strides[1] + shift[1];
            visit(tap, small, row * g.big[2] + range2[0] * g.strides[2] + shift[2], range2[1] - range2[0]);
          }
      }
}

/** Every (batch, filter, input channel of its group): offsets of the two planes and of the filter's taps. */
function eachPlane(batch: number, smallChannels: number, bigChannels: number, groups: number, visit: (n: number, small: number, big: number, filter: number) => void): void {
  const [perSmall, perBig] = [smallChannels / groups, bigChannels / groups];
  for (let n = 0; n < batch; n++)
    for (let s = 0; s < smallChannels; s++)
      for (let b = 0; b < perBig; b++) visit(n, s, Math.floor(s / perSmall) * perBig + b, s * perBig + b);
}

const pool = (x: Tensor64, out: StaticType, a: PoolAttrs, start: number, f: (a: number, b: number) => number): Float64Array => {
  const g = geometry(x.shape.slice(2), out.shape.slice(2), a.kernel, a);
  const [bigSize, smallSize] = [sizeOf(g.big), sizeOf(g.small)];
  const result = new Float64Array(sizeOf(out.shape)).fill(start);
  for (let plane = 0; plane < x.shape[0]! * x.shape[1]!; plane++)
    eachRun(g, (_tap, small, big, length) => {
      for (let i = 0, s = plane * smallSize + small, b = plane * bigSize + big; i < length; i++, s++, b += g.strides[2]) result[s] = f(result[s]!, x.data[b]!);
    });
  return result;
};

/** Per position, how many taps lie inside `length`; the product over axes is the count of a window. */
function windowCounts(out: StaticType, x: StaticType, a: PoolAttrs): Float64Array {
  const g = geometry(x.shape.slice(2), out.shape.slice(2), a.kernel, a);
  const counts = new Float64Array(sizeOf(g.small));
  eachRun(g, (_tap, small, _big, length) => {
    for (let i = 0; i < length; i++) counts[small + i]!++;
  });
  return counts;
}

export const SPATIAL: { readonly [O in "conv" | "convTranspose" | "maxPool" | "avgPool"]: Kernel<O> } = {
  conv: (a, [x, w, bias], [out]) => {
    const g = geometry(x!.shape.slice(2), out!.shape.slice(2), w!.shape.slice(2), a);
    const [bigSize, smallSize, taps] = [sizeOf(g.big), sizeOf(g.small), sizeOf(g.kernel)];
    const [channels, filters] = [x!.shape[1]!, out!.shape[1]!];
    const result = new Float64Array(sizeOf(out!.shape));
    if (bias) for (let i = 0; i < result.length; i++) result[i] = bias.data[Math.floor(i / smallSize) % filters]!;
    eachPlane(x!.shape[0]!, filters, channels, a.groups, (n, o, c, filter) => {
      const [toPlane, fromPlane] = [(n * filters + o) * smallSize, (n * channels + c) * bigSize];
      eachRun(g, (tap, small, big, length) => {
        const weight = w!.data[filter * taps + tap]!;
        for (let i = 0, to = toPlane + small, from = fromPlane + big; i < length; i++, to++, from += g.strides[2]) result[to]! += weight * x!.data[from]!;
      });
    });
    return [result];
  },
  convTranspose: (a, [x, w], [out]) => {
    const g = geometry(out!.shape.slice(2), x!.shape.slice(2), w!.shape.slice(2), a);
    const [bigSize, smallSize, taps] = [sizeOf(g.big), sizeOf(g.small), sizeOf(g.kernel)];
    const [channels, filters] = [x!.shape[1]!, out!.shape[1]!];
    const result = new Float64Array(sizeOf(out!.shape));
    eachPlane(x!.shape[0]!, channels, filters, a.groups, (n, c, o, filter) => {
      const [fromPlane, toPlane] = [(n * channels + c) * smallSize, (n * filters + o) * bigSize];
      eachRun(g, (tap, small, big, length) => {
        const weight = w!.data[filter * taps + tap]!;
        for (let i = 0, from = fromPlane + small, to = toPlane + big; i < length; i++, from++, to += g.strides[2]) result[to]! += weight * x!.data[from]!;
      });
    });
    return [result];
  },
  maxPool: (a, [x], [out]) => [pool(x!, out!, a, -Infinity, Math.max)],
  avgPool: (a, [x], [out]) => {
    const sums = pool(x!, out!, a, 0, (s, v) => s + v);
    // As in PyTorch and ONNX, windows count padding but never what ceil-rounding would reach past it (shapes floor, so nothing does).
    const counts = a.countIncludePad ? null : windowCounts(out!, x!, a);
    const whole = sizeOf(a.kernel);
    return [sums.map((v, i) => v / (counts ? counts[i % counts.length]! : whole))];
  },
};
