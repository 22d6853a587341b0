/** Looks into a trained network: the activations of chosen hidden layers for a picture. */
import type { Dim, InferContext, InferResult, LayersParam, NetworkLayerType, NetworkType } from "@patchbay/graph-core";
import { defineNode, type NetworkValue, type Value } from "@patchbay/runtime/node-api";
import { writeNetwork } from "@patchbay/runtime/networks";
import { featureNetworks } from "../networks/index.ts";
import { findLayer, layerShape, type FeatureNetwork, type Weights } from "../networks/feature-network.ts";
import { describeNetworkFile, dimsOf, factsOf, fileParams, NETWORK, networkFromFile, networkType, networkTypeOf } from "../networks/file-network.ts";
import { styleTrunk } from "../networks/style-trunk.ts";
import { ACTIVATIONS, listed, mistake, PICTURE } from "../port-types.ts";

const LAYERS: LayersParam = {
  name: "layers", title: "Layers", kind: "layers", default: styleTrunk.defaultLayers,
  help: "Which hidden layers, by name. Shallow ones hold colour and strokes and see a few pixels; deep ones hold what is in the picture.",
};

/** A built-in network's weights, or the network of the file; of a wired one there is nothing to prepare. */
interface Prepared {
  readonly weights?: Weights;
  readonly network?: NetworkValue;
}

const { file, rest: reading } = fileParams("file");

export const featureExtractor = defineNode<Prepared>({
  type: "FeatureExtractor",
  version: 1,
  title: "Feature extractor",
  group: "Layers",
  doc: "Runs a picture through a pretrained network and gives the activations of the chosen hidden layers. Two extractors with the same network share its weights, and gradients flow through to the picture. Networks of your own come from a file, or from the wire: their layers are named by the file (the table “layers” of Network lists them).",
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576; the default network is MobileNetV1, arXiv 1704.04861",
  synonyms: ["network", "VGG", "MobileNet", "Inception", "hidden layer", "backbone", "encoder", "activations"],
  inputs: [
    { name: "image", doc: "The picture, at least 32 pixels high and wide for the networks that ship.", type: PICTURE, jitter: true },
    { name: "network", doc: "The network that is looked into, where “On the wire” is chosen.", type: NETWORK, optional: true, known: true, readWhen: { param: "network", equals: ["wired"] } },
  ],
  outputs: [{ name: "activations", doc: "One tensor a layer, channels last.", type: ACTIVATIONS }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: styleTrunk.id, help: "Whose hidden layers.",
      choices: [
        ...[...featureNetworks.values()].map(({ id, title, doc }) => ({ value: id, title, help: doc })),
        { value: "file", title: "A file", help: "An .onnx file or a TensorFlow.js model." },
        { value: "wired", title: "On the wire", help: "What arrives at the port “network”." },
      ],
    },
    file,
    ...reading,
    LAYERS,
  ],
  infer: (context) => {
    const built = featureNetworks.get(context.params["network"] as string);
    return built ? inferBuiltIn(built, context) : inferOwn(context);
  },
  describeFile: (_param, bytes, name, readBeside) => describeNetworkFile(name, bytes, readBeside),
  async prepare(context) {
    const { params, host } = context;
    const network = featureNetworks.get(params["network"] as string);
    if (network) return { weights: await network.load(await Promise.all(network.assets.map((asset) => host.readAsset(asset))), params["layers"] as readonly string[]) };
    return params["network"] === "file" ? { network: await networkFromFile(context) } : {};
  },
  lower({ b, params, inputs, known, prepared }) {
    const names = params["layers"] as readonly string[];
    const image = inputs["image"] as Value;
    const network = featureNetworks.get(params["network"] as string);
    const own = prepared.network ?? (known["network"] as NetworkValue | undefined);
    const built = network ? network.build(b, prepared.weights!, image, names) : writeNetwork(b, own!, image, names);
    return { activations: { kind: "activations", network: network?.id ?? own!.network, layers: names.map((name) => ({ name, value: built.get(name)! })) } };
  },
});

function inferBuiltIn(network: FeatureNetwork, { params, inputs }: InferContext): InferResult {
  const names = params["layers"] as readonly string[];
  if (names.length === 0) return mistake(["activations"], "no-layers", `No layer is chosen; the network has ${available(network.layers)}.`, { param: "layers" });
  const unknown = names.filter((name) => !findLayer(network, name));
  if (unknown.length) return mistake(["activations"], "unknown-layer", `The network ${network.id} has ${missing(unknown)}. It has ${available(network.layers)}.`, { param: "layers" });
  const picture = inputs["image"];
  const [n, h, w] = picture?.kind === "tensor" && picture.shape ? picture.shape : ["N", "H", "W"];
  for (const [side, length] of [["height", h!], ["width", w!]] as const)
    if (typeof length === "number" && length < 32)
      return mistake(["activations"], "image-too-small", `The picture has a ${side} of ${length} px, and the network needs at least 32.`, { port: "image" });
  return { outputs: { activations: { kind: "activations", network: network.id, layers: names.map((name) => ({ name, shape: layerShape(network, name, [n!, h!, w!]) })) } } };
}

/** Of a file, or of what is on the wire. */
function inferOwn({ params, inputs, facts, node }: InferContext): InferResult {
  const isFile = params["network"] === "file";
  if (!isFile && !inputs["network"]) return mistake(["activations"], "missing-input", "“On the wire” is chosen, and no network is connected.", { port: "network" });
  const { known, mistake: wrong } = isFile ? factsOf(params, facts) : {};
  if (wrong) return mistake(["activations"], wrong.code, wrong.message, { param: wrong.param });
  const type: NetworkType | undefined = known ? networkType(known, params, undefined) : networkTypeOf(inputs["network"]);
  const names = params["layers"] as readonly string[];
  if (type?.opaque) return mistake(["activations"], "no-gradient", `This network cannot be looked into. ${type.opaque}`, isFile ? { param: "file" } : { port: "network" });
  const has = type?.layers.length ? ` It has ${named(type.layers)}.` : "";
  if (names.length === 0) return mistake(["activations"], "no-layers", `No layer is chosen.${has}`, { param: "layers" });
  const unknown = type?.layers.length ? names.filter((name) => !type.layers.some((l) => l.name === name)) : [];
  if (unknown.length) return mistake(["activations"], "unknown-layer", `The network has ${missing(unknown)}.${has}`, { param: "layers" });
  const picture = inputs["image"];
  const rows: Dim = picture?.kind === "tensor" ? (picture.shape?.[0] ?? "N") : "N";
  const shapeOf = (name: string): Dim[] => dimsOf(type?.layers.find((l) => l.name === name)?.shape, rows, `${node}:${name}`) ?? [rows, `H@${node}:${name}`, `W@${node}:${name}`, `C@${node}:${name}`];
  return { outputs: { activations: { kind: "activations", network: type?.network ?? "", layers: names.map((name) => ({ name, shape: shapeOf(name) })) } } };
}

const missing = (names: readonly string[]): string => (names.length === 1 ? `no layer named “${names[0]}”` : `no layers named ${listed(names.map((n) => `“${n}”`))}`);

const MOST_NAMED = 12;
const named = (layers: readonly NetworkLayerType[]): string =>
  `${layers.slice(0, MOST_NAMED).map((l) => `${l.name}${l.channels === null ? "" : ` (${l.op}, ${l.channels} channels)`}`).join(", ")}${layers.length > MOST_NAMED ? ` and ${layers.length - MOST_NAMED} more` : ""}`;

const available = (layers: readonly { name: string; channels: number; receptiveField: number }[]): string =>
  listed(layers.map((l) => `${l.name} (${l.channels} channels, sees ${l.receptiveField} px)`));
