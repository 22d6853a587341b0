/** Brings values to the range that a network was trained on. */
import type { Json } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";

export const normalise = defineNode({
  type: "Normalise",
  version: 1,
  title: "Normalise",
  group: "Images",
  doc: "Scales values, takes a mean away and divides by a standard deviation, channel by channel: what a network was trained with must be repeated here. One number serves all channels.",
  formula: String.raw`y_{\ldots c} = \frac{s\,x_{\ldots c} - \mu_c}{\sigma_c}`,
  synonyms: ["normalize", "standardise", "mean", "deviation", "preprocess", "whiten"],
  inputs: [{ name: "input", doc: "Values, channels last.", type: ANY_TENSOR }],
  outputs: [{ name: "output", doc: "Normalised values of the same shape.", type: ANY_TENSOR }],
  params: [
    { name: "scale", title: "Scale", kind: "number", default: 1, min: -1e6, max: 1e6, help: "Multiplies the values first; 255 where the mean is given for bytes." },
    { name: "mean", title: "Mean", kind: "numbers", default: [0.485, 0.456, 0.406], help: "Taken away; one number, or one a channel. The default is ImageNet's." },
    { name: "deviation", title: "Standard deviation", kind: "numbers", default: [0.229, 0.224, 0.225], help: "Divided by; one number, or one a channel, none of them 0." },
  ],
  infer({ params, inputs }) {
    const input = inputs["input"];
    const shape = input?.kind === "tensor" ? input.shape : null;
    const channels = shape?.at(-1);
    for (const name of ["mean", "deviation"]) {
      const values = params[name] as Json[];
      if (values.some((v) => typeof v !== "number") || values.length === 0) return mistake(["output"], "param-invalid", `The ${name} is a list of plain numbers, at least one.`, { param: name });
      if (name === "deviation" && values.includes(0)) return mistake(["output"], "param-invalid", "A standard deviation of 0 cannot be divided by.", { param: name });
      if (values.length > 1 && typeof channels === "number" && channels !== values.length)
        return mistake(["output"], "channel-mismatch", `The ${name} has ${values.length} numbers, and the input has ${channels} channels.`, { port: "input", param: name });
    }
    return { outputs: { output: tensorType(shape) } };
  },
  lower({ b, params, inputs }) {
    const x = inputs["input"] as Value;
    const [scale, mean, deviation] = [params["scale"] as number, params["mean"] as number[], params["deviation"] as number[]];
    // One multiplication and one subtraction: (s·x − μ)/σ = x·(s/σ) − μ/σ.
    const count = Math.max(mean.length, deviation.length);
    const each = (f: (m: number, d: number) => number) => Array.from({ length: count }, (_, c) => f(mean[c % mean.length]!, deviation[c % deviation.length]!));
    return { output: b.sub(b.mul(x, b.floats([count], each((_, d) => scale / d))), b.floats([count], each((m, d) => m / d))) };
  },
});
