/** Which hidden layers of which network a node works on: its own, or those on the wire that it reads. */
import type { FlatGraph, FlatNode, Inference, Json } from "@patchbay/graph-core";

export interface LayersUsed {
  /** The node that runs the network: what is asked, or what feeds it. */
  readonly extractor: FlatNode;
  readonly layers: readonly string[];
  /** Where the node is about a single channel. */
  readonly channel?: number;
}

/** `node`: flat id. Null where it works on no network's layers, or where nothing says yet which. */
export function layersUsed({ flat, types }: Pick<Inference, "flat" | "types">, node: string): LayersUsed | null {
  const own = flat.byId.get(node);
  if (!own?.declaration) return null;
  if (runsNetwork(own)) return used(own, names(valueOf(own, "layers")));
  for (const { fromNode, fromKey } of inOrder(flat, own)) {
    const type = types.get(fromKey);
    const extractor = flat.byId.get(fromNode);
    if (type?.kind !== "activations" || !extractor || !runsNetwork(extractor)) continue;
    const arriving = type.layers.map((layer) => layer.name);
    const chosen = names(valueOf(own, "layers") ?? valueOf(own, "layer"));
    const channel = valueOf(own, "channel");
    // A single channel is of a single layer: the last, where none is chosen.
    if (typeof channel === "number") return used(extractor, chosen.length ? chosen : arriving.slice(-1), channel);
    return used(extractor, chosen.length ? chosen : arriving);
  }
  return null;
}

const used = (extractor: FlatNode, layers: readonly string[], channel?: number): LayersUsed | null =>
  layers.length ? { extractor, layers, ...(channel === undefined ? {} : { channel }) } : null;

/** A node's value of a parameter, also where it is the default. */
export const valueOf = ({ params, declaration }: FlatNode, name: string): Json | undefined =>
  params[name] ?? (declaration?.params.find((p) => p.name === name)?.default as Json | undefined);

const names = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? (value as string[]) : typeof value === "string" && value !== "" ? [value] : []);

const runsNetwork = ({ declaration }: FlatNode): boolean =>
  (declaration?.outputs.some((o) => o.type.kind === "activations") && declaration.params.some((p) => p.kind === "layers") && declaration.params.some((p) => p.name === "network" && p.kind === "choice")) ?? false;

/** The wires into a node, in the order of its ports: a style cost's style before the picture that is painted. */
function inOrder(flat: FlatGraph, { id, declaration }: FlatNode): FlatGraph["wires"] {
  const wires = flat.incoming.get(id) ?? [];
  return declaration!.inputs.flatMap((port) => wires.filter((wire) => wire.toPort === port.name));
}
