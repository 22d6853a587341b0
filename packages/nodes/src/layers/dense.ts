/** A fully connected layer: every output sees every input. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { heUniform } from "../seeded.ts";

export const dense = defineNode({
  type: "Dense",
  version: 1,
  title: "Dense",
  group: "Layers",
  doc: "Multiplies by a matrix and adds biases: every output is a weighted sum of all inputs. The weights come on a wire, or are seeded random numbers (He-scaled).",
  formula: String.raw`y = xW + b`,
  synonyms: ["fully connected", "linear", "affine", "perceptron", "matrix"],
  inputs: [
    { name: "input", doc: "One row an example.", type: tensorType(["N", "F"]) },
    { name: "weights", doc: "One row an input, one column an output. Random ones where nothing is connected.", type: tensorType(["F", "U"]), optional: true },
    { name: "biases", doc: "One number an output.", type: tensorType(["U"]), optional: true },
  ],
  outputs: [{ name: "output", doc: "One row an example, one column an output.", type: tensorType(["N", "U"], "activation") }],
  params: [
    { name: "units", title: "Units", kind: "number", default: 10, min: 1, max: 65536, integer: true, help: "How many outputs. Weights on the wire bring their own number." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Seed of the random weights used where none are connected." },
  ],
  infer({ params, inputs, outputs }) {
    const input = inputs["input"];
    if (inputs["weights"] || input?.kind !== "tensor" || !input.shape) return { outputs: { output: outputs["output"]! } };
    return { outputs: { output: tensorType([input.shape[0]!, params["units"] as number], "activation") } };
  },
  lower({ b, params, inputs }) {
    const [x, biases] = [inputs["input"] as Value, inputs["biases"] as Value | undefined];
    const [features, units] = [x.shape[1]!, params["units"] as number];
    const weights = (inputs["weights"] as Value | undefined) ?? b.floats([features, units], heUniform(features * units, features, params["seed"] as number));
    const product = b.matmul(x, weights);
    return { output: biases ? b.add(product, biases) : product };
  },
});
