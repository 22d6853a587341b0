/** What a unit of a network looks for: over a set of pictures, the patches that excite it most. */
import type { LayersParam } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type DatasetValue, type EvaluateContext, type ImagesValue, type ImageValue, type NetworkValue, type PatchesValue, type TensorData, type UnitPatches } from "@patchbay/runtime/node-api";
import { featureNetworks } from "../networks/index.ts";
import { NETWORK, networkTypeOf } from "../networks/file-network.ts";
import { styleTrunk } from "../networks/style-trunk.ts";
import { listed, mistake } from "../port-types.ts";
import { cutPicture, datasetPictures, pictureTensor, shrunk } from "./pictures.ts";
import { builtIn, onWire, type LookingNetwork } from "./looking-network.ts";
import { Strongest } from "./strongest.ts";

const LAYERS: LayersParam = { name: "layers", title: "Layers", kind: "layers", default: ["c1", "c4", "c7"], help: "The layers to look into. Shallow ones see a few pixels and look for edges and colours, deep ones for parts of things." };

export const ninePatches = defineNode({
  type: "NinePatches",
  version: 1,
  title: "Nine patches",
  group: "Insight",
  doc: "Shows what the units of a network have learned to see: for each chosen channel, the nine patches of the pictures that excite it most. A patch is exactly the part of the picture that the unit depends on, its receptive field, computed from the kernels, strides and paddings on all the ways to it and cropped at the picture's border. Deeper layers see larger patches. The more pictures, the clearer the answer.",
  source: "Zeiler & Fergus, arXiv 1311.2901, section 4",
  synonyms: ["activation", "receptive field", "visualise", "interpret", "what does it see", "units", "channels", "Zeiler", "Fergus", "explain"],
  inputs: [
    { name: "images", doc: "The pictures to search: a list, or the pictures of a dataset.", type: [{ kind: "images" }, { kind: "dataset", example: ["H", "W", 3], meaning: "image" }] },
    { name: "network", doc: "The network that is looked into, where “On the wire” is chosen.", type: NETWORK, optional: true, readWhen: { param: "network", equals: ["wired"] } },
  ],
  outputs: [{ name: "patches", doc: "Unit by unit, best first, with place, activation and picture of each patch.", type: { kind: "patches" } }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: styleTrunk.id, help: "Whose units.",
      choices: [...[...featureNetworks.values()].map(({ id, title, doc }) => ({ value: id, title, help: doc })), { value: "wired", title: "On the wire", help: "What arrives at the port “network”." }],
    },
    LAYERS,
    { name: "channels", title: "Channels", kind: "text", default: "", help: "Numbers separated by commas, such as “0, 5, 12”; empty takes those that answer most selectively." },
    { name: "units", title: "Units a layer", kind: "number", default: 9, min: 1, max: 256, integer: true, help: "How many channels of each layer, where none are named." },
    { name: "count", title: "Patches a unit", kind: "number", default: 9, min: 1, max: 36, integer: true, help: "Nine, as Zeiler and Fergus show them." },
    { name: "onePerPicture", title: "One a picture", kind: "boolean", default: true, help: "At most one patch of each picture, so that a single one cannot fill a unit." },
    { name: "maxSide", title: "Longest side", kind: "number", default: 512, min: 32, max: 4096, integer: true, unit: "px", help: "Larger pictures are shrunk to it before the search; patches are cut from the shrunk picture." },
  ],
  infer({ params, inputs }) {
    const names = params["layers"] as readonly string[];
    if (names.length === 0) return mistake(["patches"], "no-layers", "No layer is chosen.", { param: "layers" });
    const wrongChannel = channelsOf(params["channels"] as string);
    if (typeof wrongChannel === "string") return mistake(["patches"], "bad-channels", wrongChannel, { param: "channels" });
    const network = featureNetworks.get(params["network"] as string);
    if (!network && !inputs["network"]) return mistake(["patches"], "missing-input", "“On the wire” is chosen, and no network is connected.", { port: "network" });
    const type = networkTypeOf(inputs["network"]);
    const has = network ? network.layers.map((l) => l.name) : type?.layers.map((l) => l.name);
    const unknown = has?.length ? names.filter((name) => !has.includes(name)) : [];
    if (unknown.length) return mistake(["patches"], "unknown-layer", `The network has no layer ${listed(unknown.map((n) => `“${n}”`))}. It has ${listed(has!.slice(0, 12))}${has!.length > 12 ? " and more" : ""}.`, { param: "layers" });
    return {};
  },
  async evaluate(context) {
    const { params, inputs, host } = context;
    const layers = params["layers"] as readonly string[];
    const given = inputs["images"] as ImagesValue | DatasetValue;
    const pictures = given.kind === "images" ? given.items.map((i) => ({ name: i.name, image: i.image })) : datasetPictures(given);
    if (!pictures.length) throw new NodeFailure("no-pictures", "There are no pictures to search.", { param: "images" });
    const network = params["network"] === "wired" ? onWire(inputs["network"] as NetworkValue) : await builtIn(params["network"] as string, host, layers);
    return { patches: await search(context, network, layers, pictures) };
  },
});

const MOST_KEPT = 64;

/** Channel numbers, or the sentence against the text. */
function channelsOf(text: string): readonly number[] | string {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const wrong = parts.find((part) => !/^\d+$/.test(part));
  return wrong === undefined ? [...new Set(parts.map(Number))] : `“${wrong}” is no channel number; write numbers from 0 on, separated by commas.`;
}

async function search(context: EvaluateContext, network: LookingNetwork, layers: readonly string[], pictures: readonly { name: string; image: ImageValue }[]): Promise<PatchesValue> {
  const { params, progress, signal } = context;
  const [count, onePerPicture] = [params["count"] as number, params["onePerPicture"] as boolean];
  const best = new Map<string, Strongest>();
  const maxSide = params["maxSide"] as number;
  for (const [index, { image }] of pictures.entries()) {
    signal?.throwIfAborted();
    progress({ step: index, of: pictures.length, note: "Searching the pictures" });
    const picture = pictureTensor(shrunk(image, maxSide));
    for (const [layer, found] of await answers(context, network, layers, picture, onePerPicture ? 1 : count)) {
      if (!best.has(layer)) best.set(layer, new Strongest(found.values.shape[0]!, count, onePerPicture));
      best.get(layer)!.add(index, found.values, found.indices, found.means, found.width);
    }
  }
  progress({ step: pictures.length, of: pictures.length, note: "Cutting the patches" });
  // Shrunk once more, and only those that have a patch: all of them at once might not fit into memory.
  const seen = new Map<number, ImageValue>();
  const seenAs = (picture: number): ImageValue => {
    const known = seen.get(picture) ?? shrunk(pictures[picture]!.image, maxSide);
    if (seen.size >= MOST_KEPT) seen.clear();
    seen.set(picture, known);
    return known;
  };
  const units = layers.flatMap((layer) => unitsOf(layer, best.get(layer)!, params).map((channel): UnitPatches => ({
    layer,
    channel,
    patches: best.get(layer)!.of(channel).map(({ picture, activation, row, column }) => {
      const image = seenAs(picture);
      const box = network.sees(layer, [row, column], image.height, image.width);
      return { picture, name: pictures[picture]!.name, activation, at: [row, column] as const, box, image: cutPicture(image, box) };
    }),
  })));
  return { kind: "patches", network: network.id, units, receptiveFields: Object.fromEntries(layers.flatMap((layer) => { const side = network.field(layer); return side === null ? [] : [[layer, side]]; })) };
}

function unitsOf(layer: string, strongest: Strongest, params: EvaluateContext["params"]): readonly number[] {
  const named = channelsOf(params["channels"] as string) as readonly number[];
  const beyond = named.find((channel) => channel >= strongest.channels);
  if (beyond !== undefined) throw new NodeFailure("bad-channels", `The layer “${layer}” has ${strongest.channels} channels, numbered from 0; there is no channel ${beyond}.`, { param: "channels" });
  return named.length ? named : strongest.selective().slice(0, params["units"] as number);
}

interface Answers {
  values: TensorData;
  indices: TensorData;
  means: TensorData;
  /** Of the layer, in positions. */
  width: number;
}

/** Per layer and channel the strongest places of one picture, and the mean. */
async function answers(context: EvaluateContext, network: LookingNetwork, layers: readonly string[], picture: TensorData, k: number): Promise<Map<string, Answers>> {
  const widths = new Map<string, number>();
  const out = await context.compute(`patches|${network.id}|${layers.join()}|${k}`, { picture }, (b, { picture: x }) => {
    const written = network.write(b, x!, layers);
    const outputs: { [name: string]: ReturnType<typeof b.mean> } = {};
    for (const layer of layers) {
      const value = written.get(layer)!;
      // A layer without positions has one place, which sees everything.
      const channels = value.shape.at(-1)!;
      const rows = b.transpose(b.reshape(value, [-1, channels]), [1, 0]);
      const [values, indices] = b.emitAll("topK", { k: Math.min(k, rows.shape[1]!), largest: true }, rows);
      outputs[`${layer}|values`] = values!;
      outputs[`${layer}|indices`] = indices!;
      outputs[`${layer}|means`] = b.mean(rows, [1]);
      outputs[`${layer}|width`] = b.scalar(value.shape.length === 4 ? value.shape[2]! : 1);
    }
    return outputs;
  });
  for (const layer of layers) widths.set(layer, out[`${layer}|width`]!.data[0]!);
  return new Map(layers.map((layer) => [layer, { values: out[`${layer}|values`]!, indices: out[`${layer}|indices`]!, means: out[`${layer}|means`]!, width: widths.get(layer)! }]));
}

