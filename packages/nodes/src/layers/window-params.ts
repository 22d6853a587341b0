/** What layers have in common: parameters of a sliding window, their meaning for shapes and padding, and those of weights. */
import type { BooleanParam, ChoiceParam, NumberParam, ParamValues, TextParam, Window } from "@patchbay/graph-core";
import { samePadding } from "../networks/feature-network.ts";

export const STRIDE: NumberParam = { name: "stride", title: "Stride", kind: "number", default: 1, min: 1, max: 64, integer: true, unit: "positions", help: "How far the window moves." };

export const PADDING: ChoiceParam = {
  name: "padding", title: "Padding", kind: "choice", default: "valid", help: "What happens at the borders.",
  choices: [
    { value: "valid", title: "Valid", help: "The window stays inside: the output is smaller." },
    { value: "same", title: "Same", help: "As much padding as gives ⌈length ÷ stride⌉ outputs, the odd one at the end, as in TensorFlow." },
    { value: "explicit", title: "Explicit", help: "A number of positions on every side." },
  ],
};

export const PAD: NumberParam = { name: "pad", title: "Pad", kind: "number", default: 0, min: 0, max: 512, integer: true, unit: "positions", help: "Positions added on every side.", visibleWhen: { param: "padding", equals: ["explicit"] } };

export const DILATION: NumberParam = { name: "dilation", title: "Dilation", kind: "number", default: 1, min: 1, max: 64, integer: true, unit: "positions", help: "Distance between neighbouring taps of a filter; 1 leaves no holes." };

/** Of every layer that owns weights; `isTrainable` is its declaration's `trainable`. */
export const TRAINABLE: BooleanParam = { name: "trainable", title: "Trainable", kind: "boolean", default: false, help: "Whether a Trainer downstream changes the weights that no wire brings." };
export const WEIGHTS: TextParam = { name: "weights", title: "Weights", kind: "text", default: "", help: "Layers with the same name here share one set of weights, as the two towers of a Siamese network do. Empty: a set of its own.", visibleWhen: { param: "trainable", equals: [true] } };
export const isTrainable = (params: ParamValues): boolean => params["trainable"] === true;

/** The window along each axis, for shape inference. `kernels` has one entry a spatial axis. */
export function windowsOf(params: ParamValues, kernels: readonly number[]): Window[] {
  const padding = params["padding"] === "explicit" ? (params["pad"] as number) : (params["padding"] as "valid" | "same");
  return kernels.map((kernel) => ({ kernel, stride: params["stride"] as number, padding, dilation: (params["dilation"] as number | undefined) ?? 1 }));
}

/** The same windows as the IR writes them, for spatial lengths that are now known. */
export function windowAttributes(windows: readonly Window[], lengths: readonly number[]) {
  const pads = windows.map(({ kernel, stride = 1, padding = "valid", dilation = 1 }, i) =>
    padding === "same" ? samePadding(lengths[i]!, dilation * (kernel - 1) + 1, stride) : padding === "valid" ? { low: 0, high: 0 } : { low: padding, high: padding },
  );
  return {
    strides: windows.map((w) => w.stride ?? 1),
    dilations: windows.map((w) => w.dilation ?? 1),
    padLow: pads.map((p) => p.low),
    padHigh: pads.map((p) => p.high),
  };
}
