/** Gradients of the operations that move elements: the same moves backwards. */
import { sizeOf } from "../../ir/tensor.ts";
import { padGradient } from "./pad.ts";
import { sumTo, type Vjp } from "./rule.ts";

type Op = "reshape" | "broadcast" | "transpose" | "concat" | "slice" | "reverse" | "pad" | "gather" | "scatterAdd" | "roll";

export const SHAPE_VJP: { readonly [O in Op]: Vjp<O> } = {
  reshape: ({ b, grad, inputs }) => [b.reshape(grad, inputs[0]!.shape)],
  broadcast: ({ b, grad, inputs }) => [sumTo(b, grad, inputs[0]!.shape)],
  transpose: ({ b, attrs: { perm }, grad }) => [b.transpose(grad, perm.map((_, i) => perm.indexOf(i)))],
  concat: ({ b, attrs: { axis }, grad, inputs, wanted }) => {
    let at = 0;
    return inputs.map((x, i) => {
      const from = at;
      at += x.shape[axis]!;
      return wanted[i] ? b.sliceAxis(grad, axis, from, at) : null;
    });
  },
  slice: ({ b, attrs: { starts, steps }, grad, inputs, outputs }) => {
    const [shape, count] = [inputs[0]!.shape, outputs[0]!.shape];
    if (sizeOf(count) === 0) return [null];
    const high = shape.map((d, i) => d - starts[i]! - (count[i]! - 1) * steps[i]! - 1);
    return [b.pad(grad, starts, high, { interior: steps.map((s, i) => (count[i]! > 1 ? s - 1 : 0)) })];
  },
  reverse: ({ b, attrs, grad }) => [b.reverse(grad, attrs.axes)],
  pad: ({ b, attrs, grad, inputs }) => [sizeOf(inputs[0]!.shape) === 0 ? null : padGradient(b, grad, inputs[0]!.shape, attrs)],
  gather: ({ b, attrs: { axis }, grad, inputs }) => [b.scatterAdd(grad, inputs[1]!, axis, inputs[0]!.shape[axis]!), null],
  scatterAdd: ({ b, attrs: { axis }, grad, inputs }) => [b.gather(grad, inputs[1]!, axis), null],
  roll: ({ b, attrs: { axis }, grad, inputs }) => [b.roll(grad, b.neg(inputs[1]!), axis), null],
};
