/** Conformance cases of whole computations as the product runs them, forwards and with their gradients. */
import { Builder, type Value } from "../../ir/builder.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { gradient } from "../../passes/grad.ts";
import { weightedLoss } from "../../passes/weighted-loss.ts";
import { between, bools, makeCase, seeded, whole, type ConformanceCase, type Input } from "./case.ts";

/** A case whose program is the loss, everything else it returns, and the gradient with respect to every float input. */
function withGradients(detail: string, build: (b: Builder, input: Input) => { [name: string]: Value }, tolerance = 2e-5): ConformanceCase {
  const c = makeCase("composed", detail, build, tolerance);
  const floats = c.program.inputs.filter((i) => c.program.types[i.value]!.dtype === "float32").map((i) => i.name);
  return { ...c, program: gradient(c.program, { output: "loss", inputs: floats }) };
}

/** The gradient of one operation's case, weighted at random so that no element's share is like another's. */
export function gradientCase(c: ConformanceCase): ConformanceCase {
  const floats = c.program.inputs.filter((i) => c.program.types[i.value]!.dtype === "float32").map((i) => i.name);
  return { ...c, name: `composed: gradient of ${c.name}`, op: "composed", program: gradient(weightedLoss(c.program), { output: "loss", inputs: floats }), tolerance: 2e-5 };
}

const squares = (b: Builder, x: Value) => b.sum(b.square(x));

/** `[N,H,W,C]` through a channels-first operation. */
const channelsFirst = (b: Builder, x: Value, f: (x: Value) => Value) => b.channelsLast(f(b.channelsFirst(x)));

/** Covariance-free Gram matrix of `[1,H,W,C]`: `[C,C]`. */
function gram(b: Builder, x: Value): Value {
  const flat = b.reshape(x, [x.shape[1]! * x.shape[2]!, x.shape[3]!]);
  return b.matmul(flat, flat, { transposeA: true });
}

const softplus = (b: Builder, x: Value) => b.add(b.relu(x), b.log(b.add(1, b.exp(b.neg(b.abs(x))))));

export const COMPOSED_CASES: readonly ConformanceCase[] = [
  withGradients("style transfer: two convolutions, Gram matrices and content", (b, input) => {
    const image = input([1, 8, 9, 3], between(0, 1));
    const [w1, w2] = [b.constant(seeded([4, 3, 3, 3], 21)), b.constant(seeded([5, 4, 3, 3], 22))];
    const a = b.clip(channelsFirst(b, b.sub(b.mul(image, 2), 1), (x) => b.conv(x, w1, { padLow: [1, 1], padHigh: [1, 1] }, b.constant(seeded([4], 23)))), 0, 6);
    const c = b.relu(channelsFirst(b, a, (x) => b.conv(x, w2, { strides: [2, 2] })));
    const style = [a, c].map((x, i) => b.mul(squares(b, b.sub(gram(b, x), b.constant(seeded([x.shape[3]!, x.shape[3]!], 24 + i)))), 0.25 / sizeOf(x.shape) ** 2)).reduce((p, q) => b.add(p, q));
    const content = b.mean(b.square(b.sub(c, b.constant(seeded(c.shape, 26)))));
    return { loss: b.add(style, b.mul(content, 0.1)), style, content };
  }),
  withGradients("style transfer: reflected padding, depthwise stride 2, covariance, pyramid of pixels", (b, input) => {
    const [coarse, fine] = [input([1, 3, 4, 4]), input([1, 3, 8, 8])];
    const image = b.sigmoid(b.add(b.mul(b.resize(coarse, [8, 8]), 0.7), b.mul(fine, 0.3)));
    const padded = b.pad(image, [0, 0, 1, 1], [0, 0, 1, 1], { mode: "reflect" });
    const a = b.clip(b.conv(padded, b.constant(seeded([3, 1, 3, 3], 31)), { groups: 3, strides: [2, 2] }), 0, 6);
    const c = b.clip(b.conv(a, b.constant(seeded([6, 3, 1, 1], 32))), 0, 6);
    const flat = b.reshape(c, [6, 16]);
    const centred = b.sub(flat, b.mean(flat, [1], true));
    const covariance = b.mul(b.matmul(centred, centred, { transposeB: true }), 1 / 16);
    const smooth = b.mean(b.square(b.sub(b.sliceAxis(image, 2, 1, 8), b.sliceAxis(image, 2, 0, 7))));
    return { loss: b.add(squares(b, b.sub(covariance, b.constant(seeded([6, 6], 33)))), smooth) };
  }),
  withGradients("jitter: rolled picture, convolution, total variation", (b, input) => {
    const [image, dy, dx] = [input([1, 3, 6, 7]), input([], whole(-3, 3)), input([], whole(-3, 3))];
    const y = b.conv(b.roll(b.roll(image, dy, 2), dx, 3), b.constant(seeded([2, 3, 3, 3], 41)));
    return { loss: b.add(squares(b, y), b.mean(b.abs(b.sub(b.sliceAxis(image, 3, 1, 7), b.sliceAxis(image, 3, 0, 6))))) };
  }),
  withGradients("small network: convolution, max pooling, dense, cross-entropy", (b, input) => {
    const [x, w, bias, dense] = [input([2, 2, 8, 8]), input([3, 2, 3, 3], between(-0.5, 0.5)), input([3]), input([27, 4], between(-0.5, 0.5))];
    const pooled = b.maxPool(b.relu(b.conv(x, w, {}, bias)), [2, 2]);
    const logits = b.matmul(b.reshape(pooled, [2, 27]), dense);
    const peak = b.stopGradient(b.reduceMax(logits, [1], true));
    const logSum = b.add(b.log(b.sum(b.exp(b.sub(logits, peak)), [1], true)), peak);
    const hot = b.floats([2, 4], [0, 1, 0, 0, 0, 0, 0, 1]);
    return { loss: b.mean(b.sum(b.mul(hot, b.sub(logSum, logits)), [1])), logits };
  }),
  withGradients("residual block with average pooling and batch statistics", (b, input) => {
    const [x, w] = [input([2, 3, 6, 6]), input([3, 3, 3, 3], between(-0.5, 0.5))];
    const y = b.add(b.conv(x, w, { padLow: [1, 1], padHigh: [1, 1] }), x);
    const mean = b.mean(y, [0, 2, 3], true);
    const variance = b.mean(b.square(b.sub(y, mean)), [0, 2, 3], true);
    const normal = b.mul(b.sub(y, mean), b.pow(b.add(variance, 1e-3), -0.5));
    return { loss: squares(b, b.avgPool(b.tanh(normal), [2, 2])) };
  }),
  withGradients("signal: dilated convolutions of rank 1 and a log-spectrum", (b, input) => {
    const [x, w] = [input([2, 1, 24]), input([4, 1, 3])];
    const y = b.tanh(b.conv(b.pad(x, [0, 0, 2], [0, 0, 2], { mode: "edge" }), w, { dilations: [2] }));
    return { loss: b.mean(b.log(b.add(b.square(b.sum(b.mul(y, b.cos(y)), [2])), 1))) };
  }),
  withGradients("volume: convolution and pooling of rank 3", (b, input) => {
    const [x, w] = [input([1, 1, 6, 6, 6]), input([2, 1, 3, 3, 3])];
    return { loss: b.mean(b.square(b.maxPool(b.conv(x, w), [2, 2, 2]))) };
  }),
  withGradients("triplets: squared distances, margin", (b, input) => {
    const [anchor, positive, negative] = [input([4, 16]), input([4, 16]), input([4, 16])];
    const distance = (p: Value, q: Value) => b.sum(b.square(b.sub(p, q)), [1]);
    return { loss: b.sum(b.relu(b.add(b.sub(distance(anchor, positive), distance(anchor, negative)), 0.2))) };
  }),
  withGradients("Siamese verifier: χ² features, logistic cross-entropy", (b, input) => {
    const [p, q, w, bias] = [input([6, 8]), input([6, 8]), input([8, 1]), input([1])];
    const chi = b.div(b.square(b.sub(p, q)), b.add(b.add(b.abs(p), b.abs(q)), 1e-8));
    const logit = b.reshape(b.add(b.matmul(chi, w), bias), [6]);
    const same = b.cast(input([6], bools), "float32");
    return { loss: b.mean(b.sub(softplus(b, logit), b.mul(logit, same))), probability: b.sigmoid(logit) };
  }),
  withGradients("embedding: normalised rows, gathered, cosine similarity", (b, input) => {
    const [table, index] = [input([10, 6]), input([4], whole(0, 9))];
    const rows = b.gather(table, index, 0);
    const unit = b.div(rows, b.sqrt(b.add(b.sum(b.square(rows), [1], true), 1e-6)));
    return { loss: b.sum(b.matmul(unit, unit, { transposeB: true })) };
  }),
  withGradients("nearest of a gallery: best two distances", (b, input) => {
    const [probe, gallery] = [input([3, 8]), input([7, 8])];
    const cross = b.matmul(probe, gallery, { transposeB: true });
    const squared = b.add(b.sub(b.sum(b.square(probe), [1], true), b.mul(cross, 2)), b.sum(b.square(gallery), [1]));
    const { values, indices } = b.topK(squared, 2, false);
    return { loss: b.sum(values), indices };
  }),
  makeCase("composed", "Adam: one step of the update", (b, input) => {
    const [x, g, m, v, step] = [input([5, 4]), input([5, 4]), input([5, 4], between(-0.1, 0.1)), input([5, 4], between(0, 0.1)), input([], between(3, 3))];
    const m1 = b.add(b.mul(m, 0.9), b.mul(g, 0.1));
    const v1 = b.add(b.mul(v, 0.999), b.mul(b.square(g), 0.001));
    const [c1, c2] = [b.sub(1, b.pow(b.scalar(0.9), step)), b.sub(1, b.pow(b.scalar(0.999), step))];
    return { x: b.sub(x, b.mul(b.div(b.div(m1, c1), b.add(b.sqrt(b.div(v1, c2)), 1e-8)), 0.1)), m: m1, v: v1 };
  }),
  makeCase("composed", "an output that is an input, one that is a constant, one given twice", (b, input) => {
    const x = input([2, 3]);
    const y = b.tanh(x);
    return { x, c: b.floats([2], [1, 2]), y, again: y };
  }),
  makeCase("composed", "an input that nothing reads", (b, input) => {
    input([4]);
    return b.exp(input([2, 2]));
  }),
];
