/** How far the generated picture is from the content picture, seen by a hidden layer. */
import { dimsDiffer } from "@patchbay/graph-core";
import { defineNode, type Lowered } from "@patchbay/runtime/node-api";
import { ACTIVATIONS, listed, LOSS, mistake, tensorType } from "../port-types.ts";
import { layersOfType, missingLayer, pickLayer } from "./layers-of.ts";
import { sumOfSquares } from "./layer-statistics.ts";

const WIRE = [ACTIVATIONS, tensorType(null, "activation")];

const LEAST_VARIANCE = 1e-6;

export const contentCost = defineNode({
  type: "ContentCost",
  version: 1,
  title: "Content cost",
  group: "Style",
  doc: "Compares a hidden layer of the content picture with the same layer of the generated one, position by position: small when the same things are in the same places. The relative form divides by the content's own spread, so that one weight suits every picture and layer.",
  formula: String.raw`J_{content} = \tfrac12\lVert a(C)-a(G)\rVert^2 \quad\text{or}\quad \frac{\lVert a(C)-a(G)\rVert^2}{\lVert a(C)-\bar a(C)\rVert^2}`,
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576, equation 1",
  synonyms: ["content loss", "perceptual loss", "feature reconstruction"],
  inputs: [
    { name: "content", doc: "Activations of the content picture.", type: WIRE, alignedWith: "generated" },
    { name: "generated", doc: "Activations of the generated picture, from the same network.", type: WIRE },
  ],
  outputs: [{ name: "cost", doc: "The content cost.", type: LOSS }],
  params: [
    { name: "layer", title: "Layer", kind: "text", default: "", help: "The layer to compare; empty takes the only one on the content wire." },
    {
      name: "normalisation", title: "Normalisation", kind: "choice", default: "half-squared", help: "What the squared difference is divided by.",
      choices: [
        { value: "half-squared", title: "½ sum of squares", help: "As published; its size follows the layer's." },
        { value: "relative", title: "Relative to the content's spread", help: "1 means: as different as a picture with the content's mean everywhere." },
      ],
    },
  ],
  infer({ params, inputs }) {
    const [content, generated] = [inputs["content"], inputs["generated"]];
    const layers = layersOfType(content);
    const name = (params["layer"] as string) || (layers.length === 1 ? layers[0]!.name : "");
    if (name === "" && layers.length > 1)
      return mistake(["cost"], "layer-ambiguous", `Several layers arrive on “content”: ${listed(layers.map((l) => l.name))}. Name the one to compare.`, { param: "layer" });
    for (const [port, type] of [["content", content], ["generated", generated]] as const) {
      const missing = missingLayer(type, name, port);
      if (missing) return mistake(["cost"], "unknown-layer", missing, { port, param: "layer" });
    }
    if (content?.kind === "activations" && generated?.kind === "activations" && content.network && generated.network && content.network !== generated.network)
      return mistake(["cost"], "network-mismatch", `The content's activations come from the network “${content.network}”, the generated picture's from “${generated.network}”; only one network's activations compare.`, { port: "generated" });
    const at = (type: typeof content) => layersOfType(type).find((l) => l.name === name || layersOfType(type).length === 1)?.shape;
    const [a, b] = [at(content), at(generated)];
    if (a && b && (a.length !== b.length || a.some((d, i) => dimsDiffer(d, b[i]!))))
      return mistake(["cost"], "shape-mismatch", `The layer is [${a.join(",")}] for the content and [${b.join(",")}] for the generated picture; both pictures must have the same size.`, { port: "generated" });
    return {};
  },
  lower({ b, params, inputs }) {
    const [content, generated] = [inputs["content"] as Lowered, inputs["generated"] as Lowered];
    const name = (params["layer"] as string) || ("kind" in content && content.kind === "activations" ? content.layers[0]!.name : "");
    const target = pickLayer(content, name);
    const squares = sumOfSquares(b, b.sub(pickLayer(generated, name), target));
    if (params["normalisation"] === "half-squared") return { cost: b.mul(squares, 0.5) };
    // The divisor depends on the content alone: it is computed once and kept through a whole optimisation.
    const positions = target.shape.map((_, i) => i).slice(1, -1);
    const spread = sumOfSquares(b, b.sub(target, b.mean(target, positions, true)));
    // A plain-coloured picture has no spread; activations are of the order of one, so this floor is felt by nothing else.
    const floor = LEAST_VARIANCE * target.shape.reduce((n, d) => n * d, 1);
    return { cost: b.mul(squares, b.div(1, b.max(spread, floor))) };
  },
});
