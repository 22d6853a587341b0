/** What layers of TensorFlow.js models see of their inputs, and how many channels they give; axes as TensorFlow has them. */
import type { LayerFacts, LayerRule } from "../layers.ts";
import type { NetworkWindow } from "../network-source.ts";
import type { Padding } from "./spatial.ts";

const first = (channels: readonly (number | null)[]): number | null => channels.find((c) => c !== null) ?? null;

export const POINT: LayerRule = ({ channels }) => ({ reach: "point", channels: first(channels) });
export const ALL: LayerRule = ({ channels }) => ({ reach: "all", channels: first(channels) });
/** Over axes, the second input; channels stay where all axes between them and the batch go. */
export const REDUCTION: LayerRule = ({ numbers, channels }) => {
  const axes = numbers(1);
  return { reach: "all", channels: axes && axes.length >= 2 && axes.every((a, i) => a === i + 1) ? first(channels) : null };
};
export const OTHER: LayerRule = () => ({ reach: "other", channels: null });
export const OTHER_SAME_CHANNELS: LayerRule = ({ channels }) => ({ reach: "other", channels: first(channels) });
export const CONCAT: LayerRule = ({ channels }) => ({ reach: "point", channels: channels.every((c) => c !== null) ? channels.reduce((n: number, c) => n + c!, 0) : null });

export function windowFacts(kernel: readonly number[], strides: readonly number[], dilations: readonly number[], padding: Padding, channels: number | null): LayerFacts {
  const each = kernel.map(() => 0);
  const window: NetworkWindow = padding === "same"
    ? { kernel, strides, dilations, padLow: each, padHigh: each, autoPad: "SAME_UPPER" }
    : { kernel, strides, dilations, padLow: padding === "valid" ? each : padding.map((p) => p[0]), padHigh: padding === "valid" ? each : padding.map((p) => p[1]) };
  return { reach: "window", window, channels };
}
