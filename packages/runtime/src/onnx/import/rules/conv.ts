/** Convolutions and their transposes. */
import type { Value } from "../../../ir/builder.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";
import { padsOf, perAxis, spanOf, windowsOf } from "./window.ts";

function checkFilters(op: OpCall, x: Value, filters: Value): readonly number[] {
  if (x.shape.length < 3 || filters.shape.length !== x.shape.length) op.fail(`an input of ${x.shape.length} axes and filters of ${filters.shape.length}`);
  const kernel = op.attributes.numbers("kernel_shape") ?? filters.shape.slice(2);
  if (kernel.some((k, i) => k !== filters.shape[i + 2]) || kernel.length !== filters.shape.length - 2) op.fail(`its kernel_shape [${kernel}] is not that of its filters [${filters.shape}]`);
  return kernel;
}

function groupsOf(op: OpCall): number {
  const groups = op.attributes.int("group", 1);
  return groups >= 1 ? groups : op.fail(`its group is ${groups}`);
}

function conv(op: OpCall): Value {
  const [x, filters] = [op.float(0), op.float(1)];
  const w = windowsOf(op, x.shape.slice(2), checkFilters(op, x, filters));
  const { strides, dilations, padLow, padHigh } = w;
  return op.b.conv(x, filters, { strides, dilations, padLow, padHigh, groups: groupsOf(op) }, op.has(2) ? op.float(2) : undefined);
}

/** Padding follows from the output's shape where that is given: the spec's `total_padding`, its odd one at the low end unless SAME_UPPER. */
function convTranspose(op: OpCall): Value {
  const { b, attributes } = op;
  const [x, filters] = [op.float(0), op.float(1)];
  const kernel = checkFilters(op, x, filters);
  const input = x.shape.slice(2);
  const rank = input.length;
  if (rank > 3) op.refuse(`${rank} spatial axes; one to three can be computed`);
  const [strides, dilations] = [perAxis(op, "strides", rank), perAxis(op, "dilations", rank)];
  const outputPad = attributes.numbers("output_padding") ?? input.map(() => 0);
  const autoPad = attributes.text("auto_pad", "NOTSET");
  const same = autoPad === "SAME_UPPER" || autoPad === "SAME_LOWER";
  const asked = attributes.numbers("output_shape")?.slice(-rank) ?? (same ? input.map((n, i) => n * strides[i]!) : undefined);
  const pads = padsOf(op, rank);
  const axes = input.map((n, i) => {
    if (!asked) return { low: pads.low[i]!, high: pads.high[i]!, more: 0 };
    const total = strides[i]! * (n - 1) + outputPad[i]! + spanOf(kernel[i]!, dilations[i]!) - asked[i]!;
    if (total < 0) return { low: 0, high: 0, more: -total };
    const [less, most] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return autoPad === "SAME_UPPER" ? { low: less, high: most, more: 0 } : { low: most, high: less, more: 0 };
  });
  const y = b.convTranspose(x, filters, {
    strides, dilations, groups: groupsOf(op), padLow: axes.map((a) => a.low), padHigh: axes.map((a) => a.high), outputPad: outputPad.map((p, i) => p + axes[i]!.more),
  });
  if (y.shape.some((d) => d < 1)) op.fail(`its padding leaves an output of shape [${y.shape}]`);
  return op.has(2) ? b.add(y, b.reshape(op.float(2), [y.shape[1]!, ...input.map(() => 1)])) : y;
}

export const CONV = { Conv: conv, ConvTranspose: convTranspose } satisfies { readonly [op: string]: Rule };
