/** Searches a whole signal, picture or volume with a network that was trained on windows of it. */
import { defineNode, float32, NodeFailure, tensorValue, type NetworkValue, type TensorData, type TensorValue } from "@patchbay/runtime/node-api";
import { writeNetwork } from "@patchbay/runtime/networks";
import { NETWORK, networkTypeOf } from "../networks/file-network.ts";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";

/** Windows that go through the network at once. */
const BATCH = 64;

export const slidingWindow = defineNode({
  type: "SlidingWindow",
  version: 1,
  title: "Sliding window",
  group: "Encoders",
  doc: "Runs a network over every window of a larger signal, picture or volume, and writes what it says of each window into the window's middle: a map as large as the input. A classifier trained on small cubes becomes a detector for whole scans. The smaller the stride, the finer the map.",
  synonyms: ["detector", "heat map", "patch-wise", "segmentation", "inference", "scan", "search"],
  inputs: [
    { name: "network", doc: "A network for windows of one size, from Trainer or Network.", type: NETWORK },
    { name: "input", doc: "One signal [1,L,C], picture [1,H,W,C] or volume [1,D,H,W,C].", type: ANY_TENSOR },
  ],
  outputs: [{ name: "map", doc: "One number a place, from 0 to 1 where scores become probabilities.", type: tensorType(null) }],
  params: [
    { name: "stride", title: "Stride", kind: "number", default: 2, min: 1, max: 256, integer: true, unit: "positions", help: "How far the window moves along every axis; twice as far takes an eighth of the time in three dimensions." },
    {
      name: "score", title: "Score", kind: "choice", default: "softmax", help: "What of the network's result counts.",
      choices: [
        { value: "softmax", title: "Probability of a class", help: "Of scores for several classes, by softmax." },
        { value: "sigmoid", title: "Probability of yes", help: "Of one score, by the logistic function." },
        { value: "plain", title: "The number itself" },
      ],
    },
    { name: "class", title: "Class", kind: "number", default: 1, min: 0, max: 65_535, integer: true, help: "Which of the network's results, counted from 0." },
  ],
  infer({ inputs }) {
    const x = inputs["input"];
    const shape = x?.kind === "tensor" ? x.shape : null;
    if (!shape) return {};
    if (shape.length < 3 || shape.length > 5) return mistake(["map"], "wrong-rank", `One to three spatial axes are searched; the input has the shape [${shape.join(",")}].`, { port: "input" });
    if (typeof shape[0] === "number" && shape[0] !== 1) return mistake(["map"], "one-at-a-time", `One is searched at a time, and ${shape[0]} arrive.`, { port: "input" });
    const window = networkTypeOf(inputs["network"])?.input;
    if (window && window.length !== shape.length) return mistake(["map"], "wrong-rank", `The network takes ${window.length} axes, and the input has ${shape.length}.`, { port: "input" });
    const short = window?.slice(1, -1).findIndex((n, i) => typeof n === "number" && typeof shape[i + 1] === "number" && n > (shape[i + 1] as number)) ?? -1;
    if (short >= 0) return mistake(["map"], "window-too-large", `The network's window is ${window![short + 1]} long, and the input only ${shape[short + 1]}.`, { port: "input" });
    return { outputs: { map: tensorType([...shape.slice(0, -1), 1], shape.length === 5 ? "volume" : shape.length === 3 ? "signal" : undefined) } };
  },
  async evaluate(context) {
    const { params, inputs, progress, signal } = context;
    const network = inputs["network"] as NetworkValue;
    const x = inputs["input"] as TensorValue;
    const sizes = x.shape.slice(1, -1);
    const channels = x.shape.at(-1)!;
    const window = network.input.shape.slice(0, -1);
    if (window.some((n) => n === null)) throw new NodeFailure("open-window", `${network.title} takes any size; a network for windows of one size is needed, such as one that was trained on cubes.`);
    const lengths = window as readonly number[];
    const corners = product(sizes.map((size, i) => starts(size, lengths[i]!, params["stride"] as number)));
    const [sums, counts] = [new Float64Array(x.data.length / channels), new Float64Array(x.data.length / channels)];
    for (let i = 0; i < corners.length; i += BATCH) {
      signal?.throwIfAborted();
      progress({ step: i, of: corners.length, note: "Searching" });
      const some = corners.slice(i, i + BATCH);
      // The last batch is filled up, so that one program serves all.
      const data = new Float32Array(BATCH * lengths.reduce((n, d) => n * d, channels));
      some.forEach((corner, k) => copyWindow(x, corner, lengths, data, (k * data.length) / BATCH));
      const { scores } = await context.compute(`slide|${network.network}|${network.output}|${params["score"]}`, { windows: float32([BATCH, ...lengths, channels], data) }, (b, { windows }) => {
        const rows = b.reshape(writeNetwork(b, network, windows!, [network.output]).get(network.output)!, [BATCH, -1]);
        if (params["score"] === "plain") return { scores: rows };
        if (params["score"] === "sigmoid") return { scores: b.sigmoid(rows) };
        const e = b.exp(b.sub(rows, b.reduceMax(rows, [1], true)));
        return { scores: b.div(e, b.sum(e, [1], true)) };
      });
      const of = scores!.shape[1]!;
      const column = params["score"] === "sigmoid" && of === 1 ? 0 : (params["class"] as number);
      if (column >= of) throw new NodeFailure("unknown-class", `The network gives ${of} numbers, counted from 0; there is no number ${column}.`, { param: "class" });
      some.forEach((corner, k) => addMiddle(sums, counts, sizes, corner, lengths, params["stride"] as number, scores!.data[k * of + column]!));
    }
    progress({ step: corners.length, of: corners.length });
    return { map: tensorValue(float32([1, ...sizes, 1], Float32Array.from(sums, (sum, i) => (counts[i] ? sum / counts[i] : 0)))) };
  },
});

/** Corners along one axis; the last window ends at the end. */
function starts(length: number, window: number, stride: number): number[] {
  if (window > length) throw new NodeFailure("window-too-large", `The network's window is ${window} long, and the input only ${length}.`);
  const found: number[] = [];
  for (let at = 0; at < length - window; at += stride) found.push(at);
  return [...found, length - window];
}

const product = (axes: readonly (readonly number[])[]): number[][] => axes.reduce<number[][]>((list, axis) => list.flatMap((head) => axis.map((at) => [...head, at])), [[]]);

/** Copies a window, channels last, row by row. */
function copyWindow(x: TensorData, corner: readonly number[], lengths: readonly number[], to: Float32Array, at: number): void {
  const sizes = x.shape.slice(1, -1);
  const channels = x.shape.at(-1)!;
  const row = lengths.at(-1)! * channels;
  for (const [i, place] of product(lengths.slice(0, -1).map((n) => Array.from({ length: n }, (_, k) => k))).entries()) {
    const start = [...place, 0].reduce((index, p, axis) => index * sizes[axis]! + corner[axis]! + p, 0) * channels;
    to.set(x.data.subarray(start, start + row) as Float32Array, at + i * row);
  }
}

/** As much of the window's middle as the stride moves it by, and at the input's border all up to it. */
function addMiddle(sums: Float64Array, counts: Float64Array, sizes: readonly number[], corner: readonly number[], lengths: readonly number[], stride: number, score: number): void {
  const ranges = corner.map((at, axis) => {
    const [length, size] = [lengths[axis]!, sizes[axis]!];
    const middle = at + Math.max(0, Math.floor((length - stride) / 2));
    const from = at === 0 ? 0 : middle;
    const to = at + length === size ? size : Math.min(middle + stride, at + length);
    return Array.from({ length: to - from }, (_, k) => from + k);
  });
  for (const place of product(ranges)) {
    const index = place.reduce((i, p, axis) => i * sizes[axis]! + p, 0);
    sums[index]! += score;
    counts[index]! += 1;
  }
}
