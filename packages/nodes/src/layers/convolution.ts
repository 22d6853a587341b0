/** Convolution of any rank: the three node types differ in their number of spatial axes and in nothing else. */
import { convShape, type Dim, type InferContext, type InferResult, type NumberParam, type ParamSpec } from "@patchbay/graph-core";
import { defineNode, float32, type RunnableNode, type Value } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { heUniform } from "../seeded.ts";
import { DILATION, isTrainable, PAD, PADDING, STRIDE, TRAINABLE, WEIGHTS, windowAttributes, windowsOf } from "./window-params.ts";

/** 256 MiB of float32: no network has a layer near it. */
const MOST_FILTER_NUMBERS = 2 ** 26;

const AXES = { 1: ["L"], 2: ["H", "W"], 3: ["D", "H", "W"] } as const;
const KERNEL_AXES = { 1: ["K"], 2: ["K", "K1"], 3: ["K", "K1", "K2"] } as const;

const PARAMS: readonly ParamSpec[] = [
  { name: "filters", title: "Filters", kind: "number", default: 16, min: 1, max: 4096, integer: true, help: "How many filters, and so channels out. Filters on the wire bring their own number." },
  { name: "kernel", title: "Kernel", kind: "number", default: 5, min: 1, max: 64, integer: true, unit: "positions", help: "Length of a filter along every spatial axis. Filters on the wire bring their own." } satisfies NumberParam,
  STRIDE, PADDING, PAD, DILATION,
  { name: "bias", title: "Bias", kind: "number", default: 0, min: -1e6, max: 1e6, help: "Added to every output, where no biases are connected; training begins there." },
  { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Seed of the random filters used where none are connected (He-scaled)." },
  TRAINABLE, WEIGHTS,
];

export function convolution(rank: 1 | 2 | 3, words: { doc: string; synonyms: readonly string[] }): RunnableNode {
  return defineNode({
    type: `Conv${rank}D`,
    version: 1,
    title: `Conv${rank}D`,
    group: "Layers",
    doc: words.doc,
    formula: String.raw`y_{p\,o} = b_o + \sum_{k,c} w_{k\,c\,o}\; x_{p\cdot s + k\cdot d,\,c},\qquad n_{out} = \left\lfloor \frac{n + 2\,\mathrm{pad} - d(k-1) - 1}{s} \right\rfloor + 1`,
    source: "Goodfellow, Bengio & Courville, Deep Learning, chapter 9 (cross-correlation, as in every framework)",
    synonyms: ["convolution", "filter", "kernel", ...words.synonyms],
    inputs: [
      { name: "input", doc: `The input, channels last: [${["N", ...AXES[rank], "C"].join(",")}].`, type: tensorType(["N", ...AXES[rank], "C"]) },
      { name: "filters", doc: `Filters as TensorFlow writes them: [${AXES[rank].map((a) => `k${a}`).join(",")}, channels in, channels out]. Random ones where nothing is connected.`, type: tensorType([...KERNEL_AXES[rank], "C1", "O"]), optional: true },
      { name: "biases", doc: "One number a filter.", type: tensorType(["O"]), optional: true },
    ],
    outputs: [{ name: "output", doc: "One channel a filter.", type: tensorType(null, "activation") }],
    params: PARAMS,
    trainable: isTrainable,
    infer: (context) => inferConvolution(rank, context),
    lower({ b, params, inputs, weight }) {
      const [input, biases] = [inputs["input"] as Value, inputs["biases"] as Value | undefined];
      const filters = (inputs["filters"] as Value | undefined) ?? weight("filters", () => float32(...randomFilters(rank, params, input.shape.at(-1)!)));
      const x = b.channelsFirst(input);
      const axes = filters.shape.map((_, i) => i);
      const windows = windowsOf(params, filters.shape.slice(0, rank));
      const bias = params["bias"] as number;
      const equal = () => float32([filters.shape.at(-1)!], new Array<number>(filters.shape.at(-1)!).fill(bias));
      const added = biases ?? (bias === 0 && !isTrainable(params) ? undefined : weight("biases", equal));
      // [k…,C,O] → [O,C,k…]
      const outputFirst = b.transpose(filters, [rank + 1, rank, ...axes.slice(0, rank)]);
      return { output: b.channelsLast(b.conv(x, outputFirst, windowAttributes(windows, x.shape.slice(2)), added)) };
    },
  });
}

function inferConvolution(rank: number, { inputs, params }: InferContext): InferResult {
  const [input, filters] = [inputs["input"], inputs["filters"]];
  if (input?.kind !== "tensor" || !input.shape) return {};
  const own = filters?.kind === "tensor" ? filters.shape : null;
  const kernels = own ? own.slice(0, rank) : new Array<Dim>(rank).fill(params["kernel"] as number);
  const count = own ? own.at(-1)! : (params["filters"] as number);
  // Filters whose size is not known yet: the output's is not either.
  if (!kernels.every((k) => typeof k === "number")) return {};
  const result = convShape(input.shape, { windows: windowsOf(params, kernels as number[]), filters: typeof count === "number" ? count : 1, ...(own ? { channels: own[rank]! } : {}) });
  if (!result.ok) return mistake(["output"], result.code, result.reason, { port: result.code === "channel-mismatch" ? "filters" : "input" });
  const channels = input.shape.at(-1)!;
  const numbers = own || typeof channels !== "number" ? 0 : (params["kernel"] as number) ** rank * channels * (params["filters"] as number);
  if (numbers > MOST_FILTER_NUMBERS) return mistake(["output"], "too-large", `Filters of this size hold ${numbers} numbers; at most ${MOST_FILTER_NUMBERS} are made. Take fewer filters or a smaller kernel.`, { param: "kernel" });
  return { outputs: { output: tensorType([...result.shape.slice(0, -1), count], "activation") } };
}

function randomFilters(rank: number, params: { readonly [name: string]: unknown }, channels: number): [number[], Float32Array] {
  const [kernel, filters] = [params["kernel"] as number, params["filters"] as number];
  const fanIn = kernel ** rank * channels;
  return [[...new Array<number>(rank).fill(kernel), channels, filters], heUniform(fanIn * filters, fanIn, params["seed"] as number)];
}
