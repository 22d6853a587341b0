/**
 * Convolutions of rank 1 to 3 and their transposes. The engine's shaders want channels last, so tensors are transposed around
 * them; rank 1 is rank 2 of height 1. What no shader does is composed: grouped (split and concat), strided and dilated at
 * once (filters with explicit gaps), transposed (gaps in the input, flipped filters).
 */
import type { ConvAttrs } from "../../../ir/ops.ts";
import { around, reshape } from "../axes.ts";
import type { Rules, RuleContext, Tensor } from "../rule.ts";
import { alongAxes, transpose } from "./move.ts";
import { padConstant, spread } from "./pad.ts";

type Geometry = Omit<ConvAttrs, "groups">;
/** Keeps what is made from filters that never change. */
type Prepare = (name: string, make: () => Tensor) => Tensor;

export const CONV: Rules<"conv" | "convTranspose"> = {
  conv: (cx, attrs, [x, w, bias], [out]) => {
    const result = convolve(cx, x!, w!, attrs, preparing(cx));
    if (!bias) return reshape(cx, result, out!.shape);
    return reshape(cx, cx.tf.add(reshape(cx, result, [out!.shape[0]!, out!.shape[1]!, -1]), reshape(cx, bias, [1, bias.size, 1])), out!.shape);
  },
  convTranspose: (cx, { outputPad, groups, ...a }, [x, w], [out]) => {
    const prepare = preparing(cx);
    const flipped = prepare("flipped", () => flip(cx, w!, groups));
    const kernel = w!.shape.slice(2);
    const reach = kernel.map((k, i) => a.dilations[i]! * (k - 1));
    const low = reach.map((r, i) => r - a.padLow[i]!);
    const high = reach.map((r, i) => r - a.padHigh[i]! + outputPad[i]!);
    const gapped = crop(cx, spread(cx, x!, [0, 0, ...a.strides.map((s) => s - 1)]), low, high);
    const positive = (pads: readonly number[]) => pads.map((p) => Math.max(p, 0));
    const attrs = { strides: kernel.map(() => 1), dilations: a.dilations, padLow: positive(low), padHigh: positive(high), groups };
    return reshape(cx, convolve(cx, gapped, flipped, attrs, prepare), out!.shape);
  },
};

const preparing = (cx: RuleContext): Prepare => (cx.isConstant(1) ? cx.once : (_name, make) => make());

/** `[N,C,…S]` and `[O,C/g,…K]` → `[N,O,…S']`. */
function convolve(cx: RuleContext, x: Tensor, w: Tensor, { groups, ...geometry }: ConvAttrs, prepare: Prepare): Tensor {
  if (x.rank === 3) {
    const [n, c, length] = x.shape as [number, number, number];
    const flat = (list: readonly number[], first: number) => [first, ...list];
    const tall = convolve(cx, reshape(cx, x, [n, c, 1, length]), reshape(cx, w, [w.shape[0]!, w.shape[1]!, 1, w.shape[2]!]), {
      strides: flat(geometry.strides, geometry.strides[0]!), dilations: flat(geometry.dilations, geometry.dilations[0]!),
      padLow: flat(geometry.padLow, 0), padHigh: flat(geometry.padHigh, 0), groups,
    }, prepare);
    return reshape(cx, tall, [n, w.shape[0]!, tall.shape[3]!]);
  }
  const gapped = geometry.strides.some((s) => s > 1) && geometry.dilations.some((d) => d > 1);
  const filters = gapped ? prepare("gapped", () => spread(cx, w, [0, 0, ...geometry.dilations.map((d) => d - 1)])) : w;
  const plain = gapped ? { ...geometry, dilations: geometry.dilations.map(() => 1) } : geometry;
  const depthwise = groups > 1 && x.rank === 4 && filters.shape[1] === 1;
  const last = x.rank === 4 ? conv2d : conv3d;
  if (groups === 1 || depthwise) return channelsFirst(cx, (depthwise ? depthwise2d : last)(cx, x, filters, plain, prepare));
  const [inner, outer] = [x.shape[1]! / groups, filters.shape[0]! / groups];
  const parts = Array.from({ length: groups }, (_, g) => last(cx, part(cx, x, 1, g * inner, inner), part(cx, filters, 0, g * outer, outer), plain, (name, make) => prepare(`${name} ${g}`, make)));
  return channelsFirst(cx, concatLast(cx, parts));
}

function conv2d(cx: RuleContext, x: Tensor, w: Tensor, a: Geometry, prepare: Prepare): Tensor {
  const filters = prepare("filters", () => transpose(cx, w, [2, 3, 1, 0]));
  return cx.tf.conv2d(channelsLast(cx, x) as never, filters as never, pair(a.strides), explicit(a), "NHWC", pair(a.dilations));
}

/** One filter group per channel: filter c·m+q belongs to channel c, as the shader has it. */
function depthwise2d(cx: RuleContext, x: Tensor, w: Tensor, a: Geometry, prepare: Prepare): Tensor {
  const channels = x.shape[1]!;
  const filters = prepare("depthwise", () => transpose(cx, reshape(cx, w, [channels, w.shape[0]! / channels, w.shape[2]!, w.shape[3]!]), [2, 3, 0, 1]));
  return cx.tf.depthwiseConv2d(channelsLast(cx, x) as never, filters as never, pair(a.strides), explicit(a), "NHWC", pair(a.dilations));
}

/** The engine pads rank 3 only alike on both sides, so padding comes first. */
function conv3d(cx: RuleContext, x: Tensor, w: Tensor, a: Geometry, prepare: Prepare): Tensor {
  const filters = prepare("filters", () => transpose(cx, w, [2, 3, 4, 1, 0]));
  const padded = padConstant(cx, x, [0, 0, ...a.padLow], [0, 0, ...a.padHigh]);
  return cx.tf.conv3d(channelsLast(cx, padded) as never, filters as never, triple(a.strides), "valid", "NDHWC", triple(a.dilations));
}

const pair = (list: readonly number[]) => [list[0]!, list[1]!] as [number, number];
const triple = (list: readonly number[]) => [list[0]!, list[1]!, list[2]!] as [number, number, number];
const explicit = ({ padLow, padHigh }: Geometry): [[number, number], [number, number], [number, number], [number, number]] => [[0, 0], [padLow[0]!, padHigh[0]!], [padLow[1]!, padHigh[1]!], [0, 0]];

const channelsLast = (cx: RuleContext, x: Tensor): Tensor => transpose(cx, x, [0, ...x.shape.slice(2).map((_, i) => i + 2), 1]);
const channelsFirst = (cx: RuleContext, x: Tensor): Tensor => transpose(cx, x, [0, x.rank - 1, ...x.shape.slice(2).map((_, i) => i + 1)]);

function part(cx: RuleContext, x: Tensor, axis: number, start: number, length: number): Tensor {
  const [before, , after] = around(x.shape, axis);
  return reshape(cx, cx.tf.slice(reshape(cx, x, around(x.shape, axis)), [0, start, 0], [before, length, after]), x.shape.map((d, i) => (i === axis ? length : d)));
}

function concatLast(cx: RuleContext, parts: readonly Tensor[]): Tensor {
  const joined = cx.tf.concat(parts.map((p) => reshape(cx, p, [-1, p.shape.at(-1)!])), 1);
  return reshape(cx, joined, [...parts[0]!.shape.slice(0, -1), joined.shape[1]!]);
}

/** `[C,O/g,…K]` → `[O,C/g,…K]` with every spatial axis reversed. */
function flip(cx: RuleContext, w: Tensor, groups: number): Tensor {
  const [c, o, ...kernel] = w.shape as [number, number, ...number[]];
  const taps = kernel.reduce((n, k) => n * k, 1);
  const swapped = transpose(cx, reshape(cx, w, [groups, c / groups, o, taps]), [0, 2, 1, 3]);
  // Reversing every spatial axis is reversing the taps in row-major order.
  return reshape(cx, cx.tf.reverse(reshape(cx, swapped, [-1, taps]), [1]), [o * groups, c / groups, ...kernel]);
}

/** Cuts what negative padding takes away. */
function crop(cx: RuleContext, x: Tensor, low: readonly number[], high: readonly number[]): Tensor {
  const cut = (pads: readonly number[], axis: number) => (axis < 2 ? 0 : Math.max(0, -pads[axis - 2]!));
  const touched = x.shape.map((_, i) => cut(low, i) + cut(high, i) > 0);
  if (!touched.includes(true)) return x;
  const shape = x.shape.map((d, i) => d - cut(low, i) - cut(high, i));
  const cropped = alongAxes(cx, x, touched, (part, axes) => cx.tf.slice(part, axes.map((a) => (a === null ? 0 : cut(low, a))), axes.map((a, i) => (a === null ? part.shape[i]! : shape[a]!))));
  return reshape(cx, cropped, shape);
}
