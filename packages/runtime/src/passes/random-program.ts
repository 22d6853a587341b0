/** Programs made of arbitrary choices, smooth and well-scaled so that values can be compared; for property tests. */
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import { randomValues } from "../ir/random.ts";
import { float32, sizeOf, type TensorData } from "../ir/tensor.ts";
import { noise } from "./weighted-loss.ts";

/** Takes the next choice: a whole number below `n`. */
type Choose = (n: number) => number;
type Step = (b: Builder, x: Value, any: (fits: (v: Value) => boolean) => Value, choose: Choose) => Value | undefined;

const permutation = (rank: number, choose: Choose): number[] => {
  const left = Array.from({ length: rank }, (_, i) => i);
  return left.map(() => 0).map(() => left.splice(choose(left.length), 1)[0]!);
};
const someAxes = (x: Value, choose: Choose): number[] => x.shape.flatMap((_, i) => (choose(2) ? [i] : []));
const constant = (b: Builder, shape: readonly number[], choose: Choose) => b.constant(float32(shape, noise(shape, choose(50))));
/** Dividing a shape's size otherwise: neighbours merged, or one axis split. */
function otherShape(shape: readonly number[], choose: Choose): number[] {
  const at = choose(Math.max(1, shape.length - 1));
  if (shape.length >= 2 && choose(2)) return [...shape.slice(0, at), shape[at]! * shape[at + 1]!, ...shape.slice(at + 2)];
  const d = shape[at] ?? 1;
  const factor = [2, 3, 1][choose(3)]!;
  return shape.length < 5 && d % factor === 0 ? [...shape.slice(0, at), factor, d / factor, ...shape.slice(at + 1)] : [...shape];
}
const together = (x: Value) => (v: Value) => v.dtype === "float32" && v.shape.every((d, i) => d === 1 || x.shape[x.shape.length - v.shape.length + i] === d) && v.shape.length <= x.shape.length;

const stop: Step = (b, x) => b.stopGradient(x);

/** Each keeps values within a few units, so that no chain of them overflows or cancels badly. */
const STEPS: readonly Step[] = [
  (b, x) => b.neg(x), (b, x) => b.abs(x), (b, x) => b.tanh(x), (b, x) => b.sin(x), (b, x) => b.sigmoid(x), (b, x) => b.relu(x),
  (b, x) => b.clip(x, -0.8, 0.9), (b, x) => b.exp(b.tanh(x)), (b, x) => b.log(b.add(b.abs(x), 1)), (b, x) => b.sqrt(b.add(b.square(x), 0.5)),
  (b, x, any) => b.add(x, any(together(x))), (b, x, any) => b.sub(any(together(x)), x), (b, x, any) => b.tanh(b.mul(x, any(together(x)))),
  (b, x, any) => b.max(x, any(together(x))), (b, x, any) => b.div(x, b.add(b.abs(any(together(x))), 1)),
  (b, x, _any, c) => b.mul(x, [1, -1, 0.5, 2, 0.3][c(5)]!), (b, x, _any, c) => b.add(x, [0, 1, -0.25][c(3)]!), (b, x) => b.pow(b.add(b.abs(x), 0.5), 2),
  (b, x, _any, c) => b.add(x, constant(b, x.shape.map((d) => (c(2) ? d : 1)), c)),
  (b, x, _any, c) => b.transpose(x, permutation(x.shape.length, c)), (b, x, _any, c) => b.transpose(x, permutation(x.shape.length, c)),
  (b, x) => (x.shape.length > 2 ? b.channelsLast(x) : undefined), (b, x) => (x.shape.length > 2 ? b.channelsFirst(x) : undefined),
  (b, x, _any, c) => b.reshape(x, otherShape(x.shape, c)),
  (b, x, _any, c) => (x.shape.length < 5 ? b.broadcast(x, [1 + c(2), ...x.shape]) : undefined),
  (b, x, any) => b.broadcast(any(together(x)), x.shape),
  (b, x, any, c) => (x.shape.length ? b.concat([x, any((v) => v.dtype === "float32" && v.shape.join() === x.shape.join())], c(x.shape.length)) : undefined),
  (b, x, _any, c) => b.slice(x, x.shape.map((d) => c(Math.min(2, d))), x.shape, x.shape.map(() => 1 + c(2))),
  (b, x, _any, c) => b.reverse(x, someAxes(x, c)),
  (b, x, _any, c) => b.pad(x, x.shape.map(() => c(2)), x.shape.map(() => c(2)), { interior: x.shape.map(() => c(2)) }),
  (b, x, _any, c) => (x.shape.every((d) => d > 1) ? b.pad(x, x.shape.map(() => c(2)), x.shape.map(() => c(2)), { mode: c(2) ? "reflect" : "edge" }) : undefined),
  (b, x, _any, c) => (x.shape.length ? b.roll(x, b.scalar(c(5) - 2, "int32"), c(x.shape.length)) : undefined),
  (b, x, _any, c) => {
    const axis = c(Math.max(1, x.shape.length));
    return x.shape.length ? b.gather(x, b.ints([2], [c(x.shape[axis]!), c(x.shape[axis]!)]), axis) : undefined;
  },
  (b, x, _any, c) => b.tanh(b.emit("reduceSum", { axes: someAxes(x, c), keepDims: c(2) === 1 }, x)),
  (b, x, _any, c) => b.mean(x, someAxes(x, c), c(2) === 1),
  (b, x, _any, c) => b.emit("reduceMax", { axes: someAxes(x, c), keepDims: c(2) === 1 }, x),
  (b, x, _any, c) => (x.shape.length > 1 ? b.tanh(b.matmul(x, constant(b, [x.shape.at(-1)!, 3], c))) : undefined),
  (b, x, _any, c) => (x.shape.length > 1 ? b.tanh(b.matmul(x, x, c(2) ? { transposeA: true } : { transposeB: true })) : undefined),
  (b, x, _any, c) => (x.shape.length > 2 && x.shape.length < 6 && x.shape.slice(2).every((d) => d > 1) ? b.tanh(b.conv(x, constant(b, [2, x.shape[1]!, ...x.shape.slice(2).map(() => 2)], c))) : undefined),
  (b, x) => (x.shape.length > 2 && x.shape.length < 6 ? b.resize(x, x.shape.slice(2).map((d) => d + 1)) : undefined),
  (b, x) => (x.shape.length > 2 && x.shape.length < 6 && x.shape.slice(2).every((d) => d > 1) ? b.maxPool(x, x.shape.slice(2).map(() => 2)) : undefined),
  (b, x) => b.select(b.gt(b.sin(b.add(x, 0.37)), 0), x, b.mul(x, 0.5)),
  stop,
];

/** No value grows beyond this many elements. */
const LARGEST = 600;

/** A program of up to as many steps as there are `choices`, and inputs for it; the same for the same choices. `smooth`: without stopped gradients. */
export function programFrom(choices: readonly number[], { smooth = false } = {}): { program: Program; inputs: { [name: string]: TensorData } } {
  const b = new Builder();
  let [at, salt] = [0, 1];
  const choose: Choose = (n) => {
    salt = (Math.imul(salt, 1103515245) + 12345 + choices[Math.min(at, choices.length - 1)]!) >>> 0;
    return (salt >>> 8) % n;
  };
  const shapes: readonly (readonly number[])[] = [[1, 4, 3, 2], [2, 3], [3], [1, 2, 4, 3]];
  const values = shapes.map((shape, i) => b.input(`x${i}`, { dtype: "float32", shape }));
  for (; at < choices.length; at++) {
    const x = values[Math.max(0, values.length - 1 - choose(4))]!;
    const any = (fits: (v: Value) => boolean) => {
      const list = values.filter(fits);
      return list[choose(list.length)]!;
    };
    const step = STEPS[choices[at]! % STEPS.length]!;
    if (smooth && step === stop) continue;
    const y = step(b, x, any, choose);
    if (y && sizeOf(y.shape) > 0 && sizeOf(y.shape) <= LARGEST && y.shape.length <= 6) values.push(y);
  }
  const inputs = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, float32(shape, randomValues({ distribution: "normal", shape, seed: 900 + i }))]));
  return { program: b.build({ y: values.at(-1)!, z: values.at(-2)! }), inputs };
}
