/** Feature visualisation: how strongly a unit answers, as a loss that the pixel optimizer can lower. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { pickLayer, layersOfType, missingLayer } from "../style/layers-of.ts";
import { ACTIVATIONS, LOSS, mistake, tensorType } from "../port-types.ts";

export const unitActivation = defineNode({
  type: "UnitActivation",
  version: 1,
  title: "Unit activation",
  group: "Insight",
  doc: "Minus the activation of one channel of a layer, as a loss: a pixel optimizer that lowers it paints the picture that this channel looks for. The mean over all positions gives a texture, the unit in the middle a single thing. Add Total variation, and let the optimizer jitter the picture, or what comes out is noise that only the network sees.",
  formula: String.raw`L = -\frac{1}{|P|}\sum_{p \in P} a^{(l)}_{p,k}`,
  source: "Erhan et al., Visualizing Higher-Layer Features of a Deep Network, 2009; Olah, Mordvintsev & Schubert, Feature Visualization, Distill 2017",
  synonyms: ["feature visualisation", "DeepDream", "activation maximisation", "channel", "neuron", "dream"],
  inputs: [{ name: "activations", doc: "Of the generated picture, from Feature extractor.", type: [ACTIVATIONS, tensorType(null, "activation")] }],
  outputs: [
    { name: "loss", doc: "Minus the activation.", type: LOSS },
    { name: "activation", doc: "The activation itself.", type: tensorType([]) },
  ],
  params: [
    { name: "layer", title: "Layer", kind: "layers", default: [], help: "One layer of those on the wire; empty takes the last." },
    { name: "channel", title: "Channel", kind: "number", default: 0, min: 0, max: 65_535, integer: true, help: "Counted from 0." },
    {
      name: "where", title: "Where", kind: "choice", default: "mean", help: "Which positions count.",
      choices: [{ value: "mean", title: "Everywhere", help: "The mean over all positions: a texture." }, { value: "centre", title: "In the middle", help: "The unit at the centre: one thing." }],
    },
  ],
  infer({ params, inputs }) {
    const layers = layersOfType(inputs["activations"]);
    if (!layers.length) return {};
    const [name, second] = params["layer"] as readonly string[];
    if (second !== undefined) return mistake(["loss", "activation"], "two-layers", "One layer at a time is maximised; choose one, and add another Unit activation for the other.", { param: "layer" });
    const missing = name === undefined ? null : missingLayer(inputs["activations"], name, "activations");
    if (missing) return mistake(["loss", "activation"], "unknown-layer", missing, { param: "layer" });
    const shape = (layers.find((l) => l.name === name) ?? layers.at(-1)!).shape;
    const channels = shape?.at(-1);
    if (typeof channels === "number" && (params["channel"] as number) >= channels)
      return mistake(["loss", "activation"], "unknown-channel", `This layer has ${channels} channels, numbered from 0; there is no channel ${params["channel"]}.`, { param: "channel" });
    return {};
  },
  lower({ b, inputs, params }) {
    const arrived = inputs["activations"]!;
    const [name] = params["layer"] as readonly string[];
    const layer: Value = "kind" in arrived ? (name === undefined ? arrived.layers.at(-1)!.value : pickLayer(arrived, name)) : arrived;
    const rank = layer.shape.length;
    const channel = b.sliceAxis(layer, rank - 1, params["channel"] as number, (params["channel"] as number) + 1);
    const middle = channel.shape.slice(1, -1).reduce<Value>((x, length, i) => b.sliceAxis(x, i + 1, length >> 1, (length >> 1) + 1), channel);
    const activation = b.mean(params["where"] === "centre" ? middle : channel);
    return { loss: b.neg(activation), activation };
  },
});
