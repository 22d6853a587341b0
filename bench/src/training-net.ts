/** The encoders whose training step is timed: convolutions with ReLU and max pooling, one dense layer, triplet loss. */
import { Builder, type Program, randomValues, sizeOf, type Value } from "@patchbay/runtime/ir";
import { gradient, optimise } from "@patchbay/runtime/passes";
import { UPDATE_RULES } from "@patchbay/runtime/update-rules";

export interface TrainingNet {
  what: string;
  /** Spatial axes: 1 a signal, 2 a picture, 3 a volume; all of one length, `side`. */
  rank: 1 | 2 | 3;
  side: number;
  channels: number;
  /** Of each convolution, with "same" padding; ReLU and a max pooling by 2 follow. */
  filters: readonly number[];
  kernel: number;
  /** Length of the encodings. */
  dense: number;
  /** A third of it anchors, then positives, then negatives. */
  batch: number;
}

export const TRAINING_NETS: readonly TrainingNet[] = [
  { what: "pictures 32×32×3, 3×3", rank: 2, side: 32, channels: 3, filters: [16, 32, 64], kernel: 3, dense: 64, batch: 33 },
  { what: "pictures 64×64×3, 3×3", rank: 2, side: 64, channels: 3, filters: [16, 32, 64], kernel: 3, dense: 64, batch: 33 },
  { what: "pictures 32×32×3, 5×5", rank: 2, side: 32, channels: 3, filters: [16, 32, 64], kernel: 5, dense: 64, batch: 33 },
  { what: "signals 256×1, 5", rank: 1, side: 256, channels: 1, filters: [16, 32, 32], kernel: 5, dense: 32, batch: 66 },
  { what: "volumes 16³×1, 3×3×3", rank: 3, side: 16, channels: 1, filters: [8, 16], kernel: 3, dense: 32, batch: 15 },
];

export const LEARNING_RATE = 2e-6;
const MARGIN = 1;

const spatial = (net: TrainingNet, side: number): number[] => new Array<number>(net.rank).fill(side);

export const batchShape = (net: TrainingNet): number[] => [net.batch, ...spatial(net, net.side), net.channels];

/** Filters and bias of each layer, in the order in which they lie in the flat vector of parameters. */
function weightShapes(net: TrainingNet): number[][] {
  const inputs = [net.channels, ...net.filters];
  const last = net.side >> net.filters.length;
  return [
    ...net.filters.flatMap((o, i) => [[o, inputs[i]!, ...spatial(net, net.kernel)], [o]]),
    [net.dense, net.filters.at(-1)! * last ** net.rank], [net.dense],
  ];
}

/** Seeded: He's uniform distribution for filters, zeros for biases. */
export function startParams(net: TrainingNet): Float32Array {
  const parts = weightShapes(net).map((shape, i) => {
    const bound = shape.length > 1 ? Math.sqrt(6 / sizeOf(shape.slice(1))) : 0;
    return randomValues({ distribution: "uniform", shape, seed: i + 1 }).map((v) => (2 * v - 1) * bound);
  });
  return Float32Array.from(parts.flatMap((p) => [...p]));
}

/** (x `[N,…S,C]`, params, m, v, step) → loss, params, m, v: forward, backward and Adam, one program. */
export function trainingStep(net: TrainingNet): Program {
  const shapes = weightShapes(net);
  const size = shapes.reduce((n, s) => n + sizeOf(s), 0);
  const loss = gradient(lossOf(net, shapes), { output: "loss", inputs: shapes.map((_, i) => `w${i}`) });
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: batchShape(net) });
  const [params, m, v] = ["params", "m", "v"].map((name) => b.input(name, { dtype: "float32", shape: [size] })) as [Value, Value, Value];
  let at = 0;
  const weights = shapes.map((shape, i) => [`w${i}`, b.reshape(b.sliceAxis(params, 0, at, (at += sizeOf(shape))), shape)] as const);
  const out = b.inline(loss, { x, ...Object.fromEntries(weights) });
  const flat = b.concat(shapes.map((_, i) => b.reshape(out[`grad:w${i}`]!, [-1])), 0);
  const step = b.input("step", { dtype: "float32", shape: [] });
  const next = UPDATE_RULES.adam.update(b, { params, gradient: flat, state: { m, v }, step, options: { learningRate: LEARNING_RATE, momentum: 0 } });
  return optimise(b.build({ loss: out["loss"]!, params: next.params, m: next.state["m"]!, v: next.state["v"]! }));
}

function lossOf(net: TrainingNet, shapes: readonly (readonly number[])[]): Program {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: batchShape(net) });
  const weights = shapes.map((shape, i) => b.input(`w${i}`, { dtype: "float32", shape }));
  const pad = spatial(net, net.kernel >> 1);
  const features = net.filters.reduce(
    (y, _o, i) => b.maxPool(b.relu(b.conv(y, weights[2 * i]!, { padLow: pad, padHigh: pad }, weights[2 * i + 1]!)), spatial(net, 2)),
    b.channelsFirst(x),
  );
  const encodings = b.add(b.matmul(b.reshape(features, [net.batch, -1]), weights.at(-2)!, { transposeB: true }), weights.at(-1)!);
  const third = net.batch / 3;
  const [anchor, positive, negative] = [0, 1, 2].map((i) => b.sliceAxis(encodings, 0, i * third, (i + 1) * third)) as [Value, Value, Value];
  const distance = (p: Value) => b.sum(b.square(b.sub(anchor, p)), [1]);
  return b.build({ loss: b.mean(b.relu(b.add(b.sub(distance(positive), distance(negative)), MARGIN))) });
}
