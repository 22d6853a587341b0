/** The functions between layers that make a network more than one matrix. */
import { defineNode, type Builder, type Value } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, tensorType } from "../port-types.ts";

type Name = "relu" | "relu6" | "leaky-relu" | "sigmoid" | "tanh" | "gelu" | "softplus" | "softmax";

const FUNCTIONS: { readonly [N in Name]: (b: Builder, x: Value, slope: number) => Value } = {
  relu: (b, x) => b.relu(x),
  relu6: (b, x) => b.clip(x, 0, 6),
  "leaky-relu": (b, x, slope) => b.select(b.gt(x, 0), x, b.mul(x, slope)),
  sigmoid: (b, x) => b.sigmoid(x),
  tanh: (b, x) => b.tanh(x),
  gelu: (b, x) => b.mul(b.mul(x, 0.5), b.add(b.erf(b.mul(x, Math.SQRT1_2)), 1)),
  // log(1 + eˣ) without overflow: the larger of x and 0, plus what is left.
  softplus: (b, x) => b.add(b.relu(x), b.log(b.add(b.exp(b.neg(b.abs(x))), 1))),
  softmax: (b, x) => {
    const e = b.exp(b.sub(x, b.stopGradient(b.reduceMax(x, [-1], true))));
    return b.div(e, b.sum(e, [-1], true));
  },
};

export const activation = defineNode({
  type: "Activation",
  version: 1,
  title: "Activation",
  group: "Layers",
  doc: "Applies a function to every value; softmax works over the channels and makes them a distribution.",
  formula: String.raw`\mathrm{relu}(x)=\max(x,0),\quad \mathrm{gelu}(x)=\tfrac{x}{2}\left(1+\mathrm{erf}\tfrac{x}{\sqrt2}\right),\quad \mathrm{softmax}(x)_c=\frac{e^{x_c}}{\sum_j e^{x_j}}`,
  source: "GELU: Hendrycks & Gimpel, arXiv 1606.08415 (the exact form, with erf)",
  synonyms: ["relu", "sigmoid", "tanh", "gelu", "softmax", "softplus", "nonlinearity"],
  inputs: [{ name: "input", doc: "Any values; softmax takes the last axis as channels.", type: ANY_TENSOR }],
  outputs: [{ name: "output", doc: "Values of the same shape.", type: tensorType(null, "activation") }],
  params: [
    {
      name: "function", title: "Function", kind: "choice", default: "relu", help: "Which function.",
      choices: [
        { value: "relu", title: "ReLU" }, { value: "relu6", title: "ReLU6", help: "ReLU, at most 6." }, { value: "leaky-relu", title: "Leaky ReLU" },
        { value: "sigmoid", title: "Sigmoid" }, { value: "tanh", title: "tanh" }, { value: "gelu", title: "GELU" }, { value: "softplus", title: "Softplus" }, { value: "softmax", title: "Softmax" },
      ],
    },
    { name: "slope", title: "Slope", kind: "number", default: 0.01, min: 0, max: 1, help: "What negative values are multiplied by.", visibleWhen: { param: "function", equals: ["leaky-relu"] } },
  ],
  infer: ({ inputs }) => ({ outputs: { output: tensorType(inputs["input"]?.kind === "tensor" ? inputs["input"].shape : null, "activation") } }),
  lower: ({ b, params, inputs }) => ({ output: FUNCTIONS[params["function"] as Name](b, inputs["input"] as Value, params["slope"] as number) }),
});
