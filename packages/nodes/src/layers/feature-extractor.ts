/** Looks into a trained network: the activations of chosen hidden layers for a picture. */
import type { LayersParam } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { featureNetworks } from "../networks/index.ts";
import { findLayer, layerShape, type Weights } from "../networks/feature-network.ts";
import { styleTrunk } from "../networks/style-trunk.ts";
import { ACTIVATIONS, listed, mistake, PICTURE } from "../port-types.ts";

const LAYERS: LayersParam = {
  name: "layers", title: "Layers", kind: "layers", default: styleTrunk.defaultLayers,
  help: "Which hidden layers, by name. Shallow ones hold colour and strokes and see a few pixels; deep ones hold what is in the picture.",
};

export const featureExtractor = defineNode<Weights>({
  type: "FeatureExtractor",
  version: 1,
  title: "Feature extractor",
  group: "Layers",
  doc: "Runs a picture through a pretrained network and gives the activations of the chosen hidden layers. Two extractors with the same network share its weights, and gradients flow through to the picture.",
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576; the default network is MobileNetV1, arXiv 1704.04861",
  synonyms: ["network", "VGG", "MobileNet", "hidden layer", "backbone", "encoder", "activations"],
  inputs: [{ name: "image", doc: "The picture, at least 32 pixels high and wide.", type: PICTURE, jitter: true }],
  outputs: [{ name: "activations", doc: "One tensor a layer, channels last.", type: ACTIVATIONS }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: styleTrunk.id, help: "Whose hidden layers.",
      choices: [...featureNetworks.values()].map(({ id, title, doc }) => ({ value: id, title, help: doc })),
    },
    LAYERS,
  ],
  infer({ params, inputs }) {
    const network = featureNetworks.get(params["network"] as string)!;
    const names = params["layers"] as readonly string[];
    if (names.length === 0) return mistake(["activations"], "no-layers", `No layer is chosen; the network has ${available(network.layers)}.`, { param: "layers" });
    const unknown = names.filter((name) => !findLayer(network, name));
    if (unknown.length) {
      const what = unknown.length === 1 ? `no layer named “${unknown[0]}”` : `no layers named ${listed(unknown.map((n) => `“${n}”`))}`;
      return mistake(["activations"], "unknown-layer", `The network ${network.id} has ${what}. It has ${available(network.layers)}.`, { param: "layers" });
    }
    const picture = inputs["image"];
    const [n, h, w] = picture?.kind === "tensor" && picture.shape ? picture.shape : ["N", "H", "W"];
    for (const [side, length] of [["height", h!], ["width", w!]] as const)
      if (typeof length === "number" && length < 32)
        return mistake(["activations"], "image-too-small", `The picture has a ${side} of ${length} px, and the network needs at least 32.`, { port: "image" });
    return { outputs: { activations: { kind: "activations", network: network.id, layers: names.map((name) => ({ name, shape: layerShape(network, name, [n!, h!, w!]) })) } } };
  },
  async prepare({ params, host }) {
    const network = featureNetworks.get(params["network"] as string)!;
    return network.load(await Promise.all(network.assets.map((asset) => host.readAsset(asset))), params["layers"] as readonly string[]);
  },
  lower({ b, params, inputs, prepared }) {
    const network = featureNetworks.get(params["network"] as string)!;
    const names = params["layers"] as readonly string[];
    const built = network.build(b, prepared, inputs["image"] as Value, names);
    return { activations: { kind: "activations", network: network.id, layers: names.map((name) => ({ name, value: built.get(name)! })) } };
  },
});

const available = (layers: readonly { name: string; channels: number; receptiveField: number }[]): string =>
  listed(layers.map((l) => `${l.name} (${l.channels} channels, sees ${l.receptiveField} px)`));
