/** Gradients of a convolution's filters: the way of summing over batch and positions that is fastest for their shape. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { ConvAttrs } from "../../ir/ops.ts";
import { sizeOf } from "../../ir/tensor.ts";

/** Up to so many taps times channels, their matrix is small beside the output's gradient, and one product is all it takes. */
const SMALL_MATRIX = 20;

/** Below this many neighbouring entries (last kernel axis times channels), unfolding a volume is slower than copying its planes. */
const SHORT_ROW = 16;

/**
 * The gradient of conv's filters `[O,C/g,…K]`, from its input `[N,C,…S]` and the gradient `[N,O,…P]` of its output:
 *
 *     dW[o,c,k] = Σ_n Σ_p grad[n,o,p] · x[n,c, p·stride + k·dilation − pad]
 *
 * | shape | way |
 * | --- | --- |
 * | grouped, depthwise above all; dilated along another axis than the last; 1×1 | tap by tap: a matrix product for each image, or a product and a sum |
 * | very few taps and channels (a grey picture, a signal) | all taps in one matrix, one product for each image |
 * | volumes of few channels | planes as channels, then as below |
 * | everything else | one convolution |
 *
 * `npm run bench:filters` prints what each takes where.
 */
export function convFilterGradient(b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs): Value {
  const [, perGroup, ...kernel] = shape as [number, number, ...number[]];
  if (a.groups > 1 || sizeOf(kernel) === 1 || a.dilations.slice(0, -1).some((d) => d > 1)) return tapByTap(b, x, grad, shape, a);
  if (kernel.length < 3 && perGroup * sizeOf(kernel) <= SMALL_MATRIX) return byMatrix(b, x, grad, shape, a);
  if (kernel.length === 3 && perGroup * kernel[2]! < SHORT_ROW) return byPlanes(b, x, grad, shape, a);
  return byConvolution(b, b.channelsLast(x), imagesLast(b, grad), shape, a);
}

/** `[N,O,…P]` → `[O,N,…P]`: the gradient in the place of filters. */
const imagesLast = (b: Builder, grad: Value): Value => b.transpose(grad, [1, 0, ...grad.shape.slice(2).map((_, i) => i + 2)]);

/**
 * The formula is itself a convolution: images take the place of channels, the output's gradient that of the filters; strides become
 * dilations. With channels as its images, each would give a map of only K entries, too small for matrix
 * kernels. So they are laid between each other along the last axis instead, at x_last·C + c, which the last dilation and padding,
 * multiplied by C, step over: one image, whose result holds the tap k of channel c at k_last·C + c. The engine unfolds K_last·C
 * neighbours at a time and stays in the processor's cache, where slices of x for each tap go through memory: with onnxruntime
 * they take 1.1 to 3.2 times as long.
 *
 * `x` is channels-last, `[N,…S,C]`; `grad` `[O,N,…P]`; dilated along the last axis only, since engines do not take strides and
 * dilations together, which dilation would become.
 */
export function byConvolution(b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs): Value {
  const [o, c, ...kernel] = shape as [number, number, ...number[]];
  const last = kernel.length - 1;
  const stretched = (list: readonly number[]) => list.with(last, list[last]! * c);
  const rows = b.reshape(x, [1, x.shape[0]!, ...stretched(x.shape.slice(1, -1))]);
  const taps = b.conv(rows, grad, { dilations: stretched(a.strides), padLow: stretched(a.padLow), padHigh: stretched(a.padHigh) });
  // From tap to tap along the last axis it is dilation·C entries, of which C are wanted. And where strides left over the last rows
  // of x, there are more taps than the kernel has.
  const reach = a.dilations[last]! * (kernel[last]! - 1) + 1;
  const found = b.slice(taps, taps.shape.map(() => 0), [1, o, ...stretched(kernel.with(last, reach))]);
  const picked = b.sliceAxis(b.reshape(found, [o, ...kernel.with(last, reach), c]), last + 1, 0, reach, a.dilations[last]!);
  return b.transpose(picked, [0, last + 2, ...kernel.map((_, i) => i + 1)]);
}

/** The planes that each output plane was computed from become its channels: a convolution of rank 2 with N·P₀ images. */
export function byPlanes(b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs): Value {
  const [o, c, depth, ...kernel] = shape as [number, number, number, ...number[]];
  const [n, , planes, ...out] = grad.shape as [number, number, number, ...number[]];
  const [, , , ...plane] = x.shape;
  const padded = b.pad(x, [0, 0, a.padLow[0]!, 0, 0], [0, 0, a.padHigh[0]!, 0, 0]);
  const seen = Array.from({ length: depth }, (_, k) => {
    const start = k * a.dilations[0]!;
    return b.reshape(b.sliceAxis(padded, 2, start, start + (planes - 1) * a.strides[0]! + 1, a.strides[0]!), [n, c, 1, planes, ...plane]);
  });
  const rows = b.reshape(b.transpose(b.concat(seen, 2), [0, 3, 4, 5, 1, 2]), [n * planes, ...plane, c * depth]);
  const rest = (list: readonly number[]) => list.slice(1);
  const flat = { strides: rest(a.strides), dilations: rest(a.dilations), padLow: rest(a.padLow), padHigh: rest(a.padHigh), groups: 1 };
  return b.reshape(byConvolution(b, rows, b.reshape(imagesLast(b, grad), [o, n * planes, ...out]), [o, c * depth, ...kernel], flat), shape);
}

/** What the taps saw, as a matrix `[C·K,P]` for each image, times its gradient. */
export function byMatrix(b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs): Value {
  const [o, c, ...kernel] = shape as [number, number, ...number[]];
  const [n, , ...out] = grad.shape as [number, number, ...number[]];
  const positions = sizeOf(out);
  const seen = eachTap(b, x, kernel, out, a).map((tap) => b.reshape(tap, [n, c, 1, positions]));
  const matrix = b.reshape(b.concat(seen, 2), [n, c * sizeOf(kernel), positions]);
  // The gradient on the right: onnxruntime copies the right operand of a product, and this is the narrower one.
  const sums = b.sum(b.matmul(matrix, b.reshape(grad, [n, o, positions]), { transposeB: true }), [0]);
  return b.reshape(b.transpose(sums, [1, 0]), shape);
}

/** A matrix product for each tap, image and group; a multiplication and a sum where a group has one channel. */
export function tapByTap(b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs): Value {
  const [o, perGroup, ...kernel] = shape as [number, number, ...number[]];
  const [n, , ...out] = grad.shape as [number, number, ...number[]];
  const [groups, positions] = [a.groups, sizeOf(out)];
  const g = b.reshape(grad, [n, groups, o / groups, positions]);
  const taps = eachTap(b, x, kernel, out, a).map((tap) => {
    const flat = b.reshape(tap, [n, groups, perGroup, positions]);
    const sum = perGroup === 1 ? b.sum(b.mul(g, flat), [0, 3]) : b.sum(b.matmul(g, flat, { transposeB: true }), [0]);
    return b.reshape(sum, [1, o, perGroup]);
  });
  return b.reshape(b.transpose(b.concat(taps, 0), [1, 2, 0]), shape);
}

/** Per tap, the strided slice `[N,C,…P]` of the padded input that it saw. */
function eachTap(b: Builder, x: Value, kernel: readonly number[], out: readonly number[], a: ConvAttrs): Value[] {
  const padded = b.pad(x, [0, 0, ...a.padLow], [0, 0, ...a.padHigh]);
  return tapsOf(kernel).map((tap) => {
    const starts = tap.map((k, i) => k * a.dilations[i]!);
    return b.slice(padded, [0, 0, ...starts], [...x.shape.slice(0, 2), ...starts.map((s, i) => s + (out[i]! - 1) * a.strides[i]! + 1)], [1, 1, ...a.strides]);
  });
}

/** Every tap of a window, in row-major order. */
export const tapsOf = (kernel: readonly number[]): number[][] =>
  kernel.reduce<number[][]>((list, k) => list.flatMap((head) => Array.from({ length: k }, (_, i) => [...head, i])), [[]]);
