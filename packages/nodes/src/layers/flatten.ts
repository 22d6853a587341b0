/** From a picture-shaped layer to a row of numbers, where a dense layer follows. */
import { productDim } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";

export const flatten = defineNode({
  type: "Flatten",
  version: 1,
  title: "Flatten",
  group: "Layers",
  doc: "Writes everything but the batch axis as one row, channels varying fastest.",
  synonyms: ["reshape", "vectorise", "ravel"],
  inputs: [{ name: "input", doc: "Any tensor with a batch axis.", type: ANY_TENSOR }],
  outputs: [{ name: "output", doc: "One row an example.", type: tensorType(["N", "F"], "activation") }],
  params: [],
  infer({ inputs }) {
    const shape = inputs["input"]?.kind === "tensor" ? inputs["input"].shape : null;
    if (!shape) return {};
    if (shape.length === 0) return mistake(["output"], "wrong-rank", "A scalar has no batch axis to keep.", { port: "input" });
    return { outputs: { output: tensorType([shape[0]!, productDim(shape.slice(1))], "activation") } };
  },
  lower({ b, inputs }) {
    const x = inputs["input"] as Value;
    return { output: b.reshape(x, [x.shape[0]!, x.shape.slice(1).reduce((n, d) => n * d, 1)]) };
  },
});
