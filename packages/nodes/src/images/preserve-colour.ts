/** Keeps the photo's colours through a style transfer: afterwards by its chroma, or beforehand by recolouring the style picture. */
import { dimsDiffer } from "@patchbay/graph-core";
import { defineNode, float32, tensorValue, type TensorValue, type Value } from "@patchbay/runtime/node-api";
import { mistake, PICTURE, tensorType } from "../port-types.ts";
import { colourMap, colourStatistics, mapColours } from "./colour-transfer.ts";

/** The first row of the NTSC's RGB to YIQ matrix. */
const LUMA = [0.299, 0.587, 0.114];

export const preserveColour = defineNode({
  type: "PreserveColour",
  version: 1,
  title: "Preserve colour",
  group: "Images",
  doc: "Gives a picture the colours of another. After a style transfer: the painted picture's brightness with the photo's own colours, place by place. Before one: the style picture's colours are shifted and stretched until their mean and covariance are the photo's, whatever their places, and the transfer takes its strokes from there.",
  formula: String.raw`x' = A\,(x-\mu_S)+\mu_C,\qquad A\,\Sigma_S A^{\mathsf T}=\Sigma_C`,
  source: "Gatys, Bethge, Hertzmann & Shechtman, arXiv 1606.05897; the symmetric roots are those of Image Analogies (Hertzmann et al., 2001)",
  synonyms: ["color", "colour transfer", "histogram match", "luminance", "chroma", "YIQ", "recolour"],
  inputs: [
    { name: "image", doc: "The picture that changes: a painted one, or a style picture.", type: PICTURE },
    { name: "colours", doc: "The picture whose colours are kept: the photo.", type: { ...PICTURE, shape: ["N1", "H1", "W1", 3] } },
  ],
  outputs: [{ name: "image", doc: "The picture in the other's colours, 0…1.", type: PICTURE }],
  params: [
    {
      name: "mode", title: "Mode", kind: "choice", default: "luminance-only", help: "What of the picture stays.",
      choices: [
        { value: "luminance-only", title: "Its brightness", help: "For a painted picture: Y of it, I and Q of the photo. Both have one size." },
        { value: "histogram-match", title: "All but mean and covariance", help: "For a style picture, before the transfer: any two sizes." },
      ],
    },
    {
      name: "roots", title: "Roots", kind: "choice", default: "symmetric", help: "Which of the matrices that fit.", visibleWhen: { param: "mode", equals: ["histogram-match"] },
      choices: [
        { value: "symmetric", title: "Symmetric (image analogies)", help: "Treats the three colours alike; keeps hues in their order best." },
        { value: "cholesky", title: "Triangular (Cholesky)", help: "Red first, then green, then blue." },
      ],
    },
  ],
  infer({ params, inputs, outputs }) {
    const [image, colours] = [inputs["image"], inputs["colours"]];
    if (params["mode"] !== "luminance-only" || image?.kind !== "tensor" || colours?.kind !== "tensor" || !image.shape || !colours.shape) return { outputs: { image: outputs["image"] ?? tensorType(["N", "H", "W", 3], "image") } };
    if (image.shape.some((d, i) => dimsDiffer(d, colours.shape![i]!)))
      return mistake(["image"], "shape-mismatch", `The picture is [${image.shape.join(",")}] and the one whose colours are kept [${colours.shape.join(",")}]; keeping colours place by place needs one size. Resize one of them.`, { port: "colours" });
    return {};
  },
  lowers: (params) => params["mode"] === "luminance-only",
  lower({ b, inputs }) {
    const [image, colours] = [inputs["image"] as Value, inputs["colours"] as Value];
    // Back from YIQ, all three colours hold Y once: another Y with the same I and Q is the same amount more of each.
    const luma = (x: Value) => b.sum(b.mul(x, b.floats([3], LUMA)), [3], true);
    return { image: b.clip(b.add(colours, b.sub(luma(image), luma(colours))), 0, 1) };
  },
  async evaluate({ params, inputs }) {
    const [image, colours] = [inputs["image"] as TensorValue, inputs["colours"] as TensorValue];
    const [from, to] = [colourStatistics(image.data), colourStatistics(colours.data)];
    const map = colourMap(from.covariance, to.covariance, params["roots"] as "symmetric" | "cholesky");
    return { image: tensorValue(float32(image.shape, mapColours(image.data, map, from.mean, to.mean))) };
  },
});
