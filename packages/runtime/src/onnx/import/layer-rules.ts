/** What each kind of ONNX operator sees of its inputs, and how many channels it gives. */
import type { LayerRule } from "../../networks/layers.ts";
import type { NetworkWindow } from "../../networks/network-source.ts";
import type { Attributes } from "../../networks/attributes.ts";

const firstKnown = (channels: readonly (number | null)[]): number | null => channels.find((c) => c !== null) ?? null;

/** Each unit sees the same position of its inputs. */
export const POINT: LayerRule = ({ channels }) => ({ reach: "point", channels: firstKnown(channels) });
/** Each unit sees every position. */
export const ALL: LayerRule = ({ channels }) => ({ reach: "all", channels: firstKnown(channels) });
/** Over axes; channels stay where only axes behind them go. */
export const REDUCTION: LayerRule = ({ node, numbers, channels }) => {
  const axes = node.attributes.numbers("axes") ?? numbers(1) ?? [node.attributes.int("axis", 0)];
  return { reach: "all", channels: axes.every((a) => a >= 2) ? firstKnown(channels) : null };
};
/** Positions move about. */
export const OTHER: LayerRule = () => ({ reach: "other", channels: null });
export const OTHER_SAME_CHANNELS: LayerRule = ({ channels }) => ({ reach: "other", channels: firstKnown(channels) });

/** The window that attributes describe; `kernel` where the operator takes it from its weights. */
function windowOf(a: Attributes, kernel: readonly number[] | undefined): NetworkWindow | undefined {
  const size = a.numbers("kernel_shape") ?? kernel;
  if (!size) return undefined;
  const rank = size.length;
  const each = (n: number) => new Array<number>(rank).fill(n);
  const pads = a.numbers("pads") ?? each(0).concat(each(0));
  const autoPad = a.text("auto_pad", "NOTSET");
  const shared = { kernel: size, strides: a.numbers("strides") ?? each(1), dilations: a.numbers("dilations") ?? each(1) };
  return autoPad === "SAME_UPPER" || autoPad === "SAME_LOWER"
    ? { ...shared, padLow: each(0), padHigh: each(0), autoPad }
    : { ...shared, padLow: autoPad === "VALID" ? each(0) : pads.slice(0, rank), padHigh: autoPad === "VALID" ? each(0) : pads.slice(rank) };
}

export const CONV: LayerRule = ({ node, shape }) => {
  const filters = shape(1);
  const window = windowOf(node.attributes, filters?.slice(2));
  return { reach: window ? "window" : "other", window, channels: filters?.[0] ?? null };
};
export const CONV_TRANSPOSE: LayerRule = ({ node, shape }) => {
  const perGroup = shape(1)?.[1];
  return { reach: "other", channels: perGroup === undefined ? null : perGroup * node.attributes.int("group", 1) };
};
export const POOL: LayerRule = ({ node, channels }) => {
  const window = windowOf(node.attributes, undefined);
  return { reach: window ? "window" : "other", window, channels: firstKnown(channels) };
};
export const GEMM: LayerRule = ({ node, shape }) => {
  const b = shape(1);
  return { reach: "all", channels: (node.attributes.flag("transB") ? b?.[0] : b?.[1]) ?? null };
};
export const MATMUL: LayerRule = ({ shape }) => ({ reach: "all", channels: shape(1)?.at(-1) ?? null });

/** Padding of the spatial axes is a window of one; anything else moves positions about. */
export const PAD: LayerRule = ({ node, numbers, channels }) => {
  const pads = node.attributes.numbers("pads") ?? numbers(1);
  const rank = (pads?.length ?? 0) / 2;
  if (!pads || rank < 3 || numbers(3) || [pads[0], pads[1], pads[rank], pads[rank + 1]].some((p) => p !== 0)) return { reach: "other", channels: null };
  const each = new Array<number>(rank - 2).fill(1);
  return { reach: "window", channels: firstKnown(channels), window: { kernel: each, strides: each, dilations: each, padLow: pads.slice(2, rank), padHigh: pads.slice(rank + 2) } };
};

/** Along channels the counts add up. */
export const CONCAT: LayerRule = ({ node, channels }) => {
  if (node.attributes.int("axis", 1) !== 1) return { reach: "other", channels: firstKnown(channels) };
  const all = channels.every((c) => c !== null) && channels.length === node.inputs.length;
  return { reach: "point", channels: all ? channels.reduce((n: number, c) => n + c!, 0) : null };
};
