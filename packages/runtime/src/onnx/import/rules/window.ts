/** Where windows of convolutions and pools lie: padding by itself, automatic padding, lengths that are rounded up. */
import type { OpCall } from "../../../networks/rule.ts";

export interface Windows {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padLow: readonly number[];
  readonly padHigh: readonly number[];
  /** What rounding up reaches past the padding at the high end. */
  readonly extra: readonly number[];
}

export const spanOf = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** One positive whole number for each spatial axis. */
export function perAxis(op: OpCall, name: string, rank: number, otherwise = 1): readonly number[] {
  const list = op.attributes.numbers(name) ?? new Array<number>(rank).fill(otherwise);
  if (list.length !== rank || list.some((n) => !Number.isSafeInteger(n) || n < 1)) op.fail(`its ${name} [${list}] are not ${rank} positive numbers`);
  return list;
}

export function padsOf(op: OpCall, rank: number): { low: readonly number[]; high: readonly number[] } {
  const pads = op.attributes.numbers("pads") ?? new Array<number>(2 * rank).fill(0);
  if (pads.length !== 2 * rank || pads.some((p) => !Number.isSafeInteger(p) || p < 0)) op.fail(`its pads [${pads}] are not ${2 * rank} lengths`);
  return { low: pads.slice(0, rank), high: pads.slice(rank) };
}

/** Of an operator that slides `kernel` over spatial axes of lengths `input`. */
export function windowsOf(op: OpCall, input: readonly number[], kernel: readonly number[]): Windows {
  const rank = input.length;
  if (rank < 1 || rank > 3) op.refuse(`${rank} spatial axes; one to three can be computed`);
  if (kernel.length !== rank) op.fail(`its kernel [${kernel}] is not for ${rank} spatial axes`);
  const strides = perAxis(op, "strides", rank);
  const dilations = perAxis(op, "dilations", rank);
  const autoPad = op.attributes.text("auto_pad", "NOTSET");
  const ceil = op.attributes.flag("ceil_mode");
  const given = autoPad === "NOTSET" || autoPad === "" ? padsOf(op, rank) : null;
  if (!given && !["SAME_UPPER", "SAME_LOWER", "VALID"].includes(autoPad)) op.fail(`its auto_pad “${autoPad}” is not known`);
  const axes = input.map((n, i) => {
    const span = spanOf(kernel[i]!, dilations[i]!);
    if (autoPad.startsWith("SAME")) {
      const total = Math.max(0, (Math.ceil(n / strides[i]!) - 1) * strides[i]! + span - n);
      const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
      return autoPad === "SAME_UPPER" ? { low: less, high: more, extra: 0 } : { low: more, high: less, extra: 0 };
    }
    const [low, high] = [given?.low[i] ?? 0, given?.high[i] ?? 0];
    if (!ceil) return { low, high, extra: 0 };
    const out = Math.ceil((n + low + high - span) / strides[i]!) + 1;
    // As in PyTorch and ONNX Runtime, no window begins past the input and the padding before it.
    const last = (out - 1) * strides[i]! >= n + low ? out - 2 : out - 1;
    const past = last * strides[i]! + span - (n + low + high);
    return { low, high: Math.max(0, high + Math.min(0, past)), extra: Math.max(0, past) };
  });
  return { kernel, strides, dilations, padLow: axes.map((a) => a.low), padHigh: axes.map((a) => a.high), extra: axes.map((a) => a.extra) };
}
