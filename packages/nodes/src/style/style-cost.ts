/** How far the generated picture is from a style: layer statistics compared, places ignored. */
import { dimsDiffer, type LayersParam } from "@patchbay/graph-core";
import { defineNode, type Builder, type Lowered, type Value } from "@patchbay/runtime/node-api";
import { ACTIVATIONS, LOSS, MASK, mistake, tensorType } from "../port-types.ts";
import { channelRows, layersOf, layersOfType, missingLayer, notOnePicture, pickLayer } from "./layers-of.ts";
import { maskMismatch, positionShares } from "./position-shares.ts";
import { layerStatistics, sumOfSquares, trace, type Statistic } from "./layer-statistics.ts";

const WIRE = [ACTIVATIONS, tensorType(null, "activation")];
const LAYERS: LayersParam = { name: "layers", title: "Layers", kind: "layers", default: [], help: "The layers to compare; empty takes all that arrive on the style wire." };

const LEAST_VARIANCE = 1e-6;

export const styleCost = defineNode({
  type: "StyleCost",
  version: 1,
  title: "Style cost",
  group: "Style",
  doc: "Compares how channels of hidden layers fire together in the style picture and in the generated one, one layer or several with a weight λ each. Gram matrices with Gatys' normalisation are the published form and suit VGG; the covariance, relative to the style's own, suits the small network that ships. Masks keep a style to a part of the picture: where a mask is black, nothing is looked at.",
  formula: String.raw`J_{style} = \sum_l \lambda^{(l)} \frac{1}{(2 n_H n_W n_C)^2}\lVert G^{(l)}(S) - G^{(l)}(G)\rVert_F^2`,
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576, equations 4 and 5; masks: Gatys, Ecker, Bethge, Hertzmann & Shechtman, arXiv 1611.07865, guided Gram matrices",
  synonyms: ["style loss", "texture loss", "Gram loss", "region", "guided"],
  inputs: [
    { name: "style", doc: "Activations of the style picture.", type: WIRE },
    { name: "generated", doc: "Activations of the generated picture, from the same network.", type: WIRE },
    { name: "mask", doc: "Where the generated picture is to have the style: each position of a layer counts by how bright the mask is there. Without one, everywhere.", type: MASK, optional: true, alignedWith: "generated", jitter: true },
    { name: "styleMask", title: "style mask", doc: "Which part of the style picture is the style, as large as that picture. Without one, all of it.", type: { ...MASK, shape: [1, "H1", "W1", 3] }, optional: true },
  ],
  outputs: [
    { name: "cost", doc: "The weighted sum over the layers.", type: LOSS },
    { name: "layers", doc: "The cost of each layer before its weight, in order.", type: tensorType(["K"]) },
  ],
  params: [
    LAYERS,
    { name: "layerWeights", title: "Layer weights λ", kind: "numbers", default: [], min: 0, help: "One a layer; empty shares 1 equally." },
    {
      name: "statistic", title: "Statistic", kind: "choice", default: "gram", help: "What of a layer is compared.",
      choices: [{ value: "gram", title: "Gram matrix", help: "Sums of products over positions." }, { value: "covariance", title: "Covariance", help: "After taking means away, divided by the number of positions." }],
    },
    {
      name: "normalisation", title: "Normalisation", kind: "choice", default: "gatys", help: "What a layer's squared difference is divided by.",
      choices: [
        { value: "gatys", title: "(2·nH·nW·nC)²", help: "As published." },
        { value: "per-element", title: "2·nH·nW·nC" },
        { value: "none", title: "Nothing" },
        { value: "relative", title: "The style's own size", help: "‖difference‖² ÷ ‖style‖², of matrices divided by their number of positions; with the covariance also the means, relative to the total variance." },
      ],
    },
    {
      name: "sizeInvariant", title: "Size-invariant", kind: "boolean", default: false, help: "Divides each matrix by its own number of positions (and nH·nW in the normalisation becomes 1), for pictures of different sizes.",
      visibleWhen: { param: "normalisation", equals: ["gatys", "per-element", "none"] },
    },
  ],
  infer({ params, inputs }) {
    const outputs = ["cost", "layers"];
    const [style, generated] = [inputs["style"], inputs["generated"]];
    const names = layerNames(params["layers"] as readonly string[], layersOfType(style));
    const weights = params["layerWeights"] as readonly number[];
    for (const name of names)
      for (const [port, type] of [["style", style], ["generated", generated]] as const) {
        const missing = missingLayer(type, name, port);
        if (missing) return mistake(outputs, "unknown-layer", missing, { port, param: "layers" });
      }
    if (weights.length && names.length && weights.length !== names.length)
      return mistake(outputs, "weights-mismatch", `${weights.length} layer weights are given for ${names.length} layers; one a layer is needed, or none at all.`, { param: "layerWeights" });
    if (style?.kind === "activations" && generated?.kind === "activations" && style.network && generated.network && style.network !== generated.network)
      return mistake(outputs, "network-mismatch", `The style's activations come from the network “${style.network}”, the generated picture's from “${generated.network}”; only one network's activations compare.`, { port: "generated" });
    for (const [port, type, picture] of [["mask", generated, "generated"], ["styleMask", style, "style"]] as const) {
      const wrong = maskMismatch(inputs[port], type, names, picture);
      if (wrong) return mistake(outputs, "mask-mismatch", wrong, { port });
    }
    for (const name of names) {
      const at = (type: typeof style) => layersOfType(type).find((l) => l.name === name || layersOfType(type).length === 1)?.shape ?? null;
      const [a, b] = [at(style), at(generated)];
      const wrong = notOnePicture(a) ?? notOnePicture(b);
      if (wrong) return mistake(outputs, "wrong-rank", wrong, { port: notOnePicture(a) ? "style" : "generated" });
      if (a && b && dimsDiffer(a.at(-1)!, b.at(-1)!))
        return mistake(outputs, "channel-mismatch", `The style's layer has ${a.at(-1)} channels and the generated picture's ${b.at(-1)}; their matrices do not compare.`, { port: "generated" });
      const ownSize = params["normalisation"] === "relative" || params["statistic"] === "covariance" || params["sizeInvariant"] === true;
      if (!ownSize && a && b && (a.length !== b.length || a.some((d, i) => dimsDiffer(d, b[i]!))))
        return {
          outputs: { layers: tensorType([names.length]) },
          diagnostics: [{ code: "size-differs", severity: "warning", port: "style", param: "sizeInvariant", message: "The style picture and the generated one differ in size, so that their Gram matrices differ by that alone. Turn on “Size-invariant”, or resize the style picture." }],
        };
    }
    return { outputs: { layers: tensorType([names.length || "K"]) } };
  },
  lower({ b, params, inputs }) {
    const [style, generated] = [inputs["style"] as Lowered, inputs["generated"] as Lowered];
    const names = layerNames(params["layers"] as readonly string[], layersOf(style));
    const given = params["layerWeights"] as readonly number[];
    const [mask, styleMask] = [inputs["mask"] as Value | undefined, inputs["styleMask"] as Value | undefined];
    const costs = names.map((name) => layerCost(b, { layer: pickLayer(style, name), mask: styleMask }, { layer: pickLayer(generated, name), mask }, params as unknown as LayerCost));
    const weighted = costs.map((cost, i) => b.mul(cost, given[i] ?? 1 / names.length));
    return { cost: weighted.reduce((sum, term) => b.add(sum, term)), layers: b.concat(costs.map((cost) => b.reshape(cost, [1])), 0) };
  },
});

const layerNames = (chosen: readonly string[], arriving: readonly { name: string }[]): readonly string[] => (chosen.length ? chosen : arriving.map((l) => l.name));

interface LayerCost {
  statistic: Statistic;
  normalisation: "gatys" | "per-element" | "none" | "relative";
  sizeInvariant: boolean;
}

interface Masked {
  layer: Value;
  mask: Value | undefined;
}

/** One layer's cost. What depends on the style alone stands by itself, so that it is computed once for a whole optimisation. */
function layerCost(b: Builder, style: Masked, generated: Masked, { statistic, normalisation, sizeInvariant }: LayerCost): Value {
  const statistics = ({ layer, mask }: Masked) => layerStatistics(b, channelRows(b, layer), statistic, mask && positionShares(b, mask, layer));
  const [s, g] = [statistics(style), statistics(generated)];
  const relative = normalisation === "relative";
  const byPositions = (x: typeof s) => (statistic === "gram" && (sizeInvariant || relative) ? b.mul(x.matrix, 1 / x.positions) : x.matrix);
  const target = byPositions(s);
  const squares = sumOfSquares(b, b.sub(byPositions(g), target));
  if (relative) {
    // A plain-coloured style has no covariance; the floors are far below those of any picture.
    const matrices = b.mul(squares, b.div(1, b.max(sumOfSquares(b, target), LEAST_VARIANCE ** 2)));
    if (statistic === "gram") return matrices;
    return b.add(matrices, b.mul(sumOfSquares(b, b.sub(g.mean!, s.mean!)), b.div(1, b.max(trace(b, target), LEAST_VARIANCE))));
  }
  const positions = sizeInvariant || statistic === "covariance" ? 1 : g.positions;
  const size = 2 * positions * generated.layer.shape.at(-1)!;
  return b.mul(squares, normalisation === "gatys" ? 1 / size ** 2 : normalisation === "per-element" ? 1 / size : 1);
}
