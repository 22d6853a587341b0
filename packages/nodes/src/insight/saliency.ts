/** Which pixels a decision hangs on: the gradient of a scalar with respect to the photo. */
import { defineNode, float32, tensorValue } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { seededNormal } from "../seeded.ts";
import { blurred, overlay, scaled } from "./heat.ts";
import { tensorPicture } from "./pictures.ts";

export const saliency = defineNode({
  type: "Saliency",
  version: 1,
  title: "Saliency",
  group: "Insight",
  doc: "How much each pixel of a photo moves a number that is computed from it: a distance, a score, a loss. The photo enters through Generated image, which starts as it and stays as it is; everything between it and the number is ordinary nodes, as for Pixel optimizer. Signed maps say which way: warm where brightening a pixel raises the number.",
  formula: String.raw`S_{ij} = \max_c \left|\frac{\partial d}{\partial x_{ijc}}\right|`,
  source: "Simonyan, Vedaldi & Zisserman, arXiv 1312.6034, section 3; averaged over noisy copies: SmoothGrad, arXiv 1706.03825",
  synonyms: ["gradient", "attribution", "explain", "heat map", "sensitivity", "SmoothGrad", "importance"],
  role: "optimiser",
  inputs: [{ name: "loss", title: "value", doc: "The number to explain; a generated image that starts as the photo lies upstream.", type: tensorType([]), traced: true }],
  outputs: [
    { name: "map", doc: "One number a pixel, scaled to at most 1.", type: tensorType([1, "H", "W", 1]) },
    { name: "overlay", doc: "The photo in grey with the map over it.", type: { kind: "image", width: "W", height: "H" } },
    { name: "gradient", doc: "The gradient itself, one number a pixel and colour.", type: tensorType([1, "H", "W", 3]) },
  ],
  params: [
    {
      name: "form", title: "Form", kind: "choice", default: "magnitude", help: "What of the gradient is shown.",
      choices: [
        { value: "magnitude", title: "Magnitude", help: "The largest over the colours, as published." },
        { value: "input", title: "Gradient × input", help: "Signed: how much each pixel contributes, to first order." },
      ],
    },
    { name: "samples", title: "Noisy copies", kind: "number", default: 1, min: 1, max: 64, integer: true, help: "The gradient is averaged over so many copies with noise: smoother maps. 1 takes the photo alone." },
    { name: "noise", title: "Noise", kind: "number", default: 0.1, min: 0, max: 0.5, step: 0.01, help: "Standard deviation of the noise, in values 0…1." },
    { name: "blur", title: "Blur", kind: "number", default: 1, min: 0, max: 20, step: 0.5, unit: "px", help: "The map is blurred so far, which makes it easier to read." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Of the noise." },
  ],
  infer({ variable }) {
    const [, h, w] = variable?.kind === "tensor" && variable.shape ? variable.shape : [];
    if (h === undefined || w === undefined) return {};
    return { outputs: { map: tensorType([1, h, w, 1]), overlay: { kind: "image", width: w, height: h }, gradient: tensorType([1, h, w, 3]) } };
  },
  async optimise({ params, probe, progress, signal }) {
    const asked = probe();
    const photo = await asked.start();
    const [samples, noise] = [params["samples"] as number, params["noise"] as number];
    const next = seededNormal(params["seed"] as number);
    const sum = new Float64Array(photo.data.length);
    for (let i = 0; i < samples; i++) {
      signal?.throwIfAborted();
      progress({ step: i, of: samples, note: "Differentiating" });
      const copy = samples === 1 ? photo : float32(photo.shape, Float32Array.from(photo.data, (v) => v + noise * next()));
      const { gradient } = await asked.gradientAt(copy);
      for (let k = 0; k < sum.length; k++) sum[k]! += gradient.data[k]! / samples;
    }
    const [, height, width] = photo.shape as [number, number, number];
    const map = new Float32Array(height * width);
    for (let p = 0; p < map.length; p++) {
      const colours = [sum[3 * p]!, sum[3 * p + 1]!, sum[3 * p + 2]!];
      map[p] = params["form"] === "input" ? colours.reduce((n, v, c) => n + v * photo.data[3 * p + c]!, 0) : Math.max(...colours.map(Math.abs));
    }
    const shown = scaled(blurred(float32([1, height, width, 1], map), params["blur"] as number));
    progress({ step: samples, of: samples });
    return { map: tensorValue(shown), overlay: overlay(tensorPicture(photo), shown), gradient: tensorValue(float32(photo.shape, Float32Array.from(sum))) };
  },
});
