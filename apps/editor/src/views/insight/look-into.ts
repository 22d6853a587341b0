/** The edit that leads from a node to what the layers it uses see: a Nine patches node, wired to the graph's own pictures and to the same network. */
import { splitEndpoint, type Change, type FlatNode, type GraphBody, type Inference, type NodeDeclaration, type NodeRegistry, type Position, type Scope } from "@patchbay/graph-core";
import { nodesById, prefixOf } from "../../model/document-view.ts";
import { around, boxOf, boxOfComment, type Sizes } from "../../model/edits/geometry.ts";
import { Adding, sameParam, type Params } from "./adding.ts";
import { layersUsed, valueOf } from "./layers-used.ts";
import { picturesUsed } from "./pictures-used.ts";

export interface Place {
  readonly body: GraphBody;
  readonly scope: Scope;
  readonly inference: Pick<Inference, "flat" | "types">;
  readonly registry: Pick<NodeRegistry<NodeDeclaration>, "get">;
  readonly sizes: Sizes;
}

export interface LookInto {
  /** None where such a node is there already. */
  readonly changes: readonly Change[];
  /** The Nine patches node. */
  readonly id: string;
}

const COLUMN = 352;
const GAP = 72;
/** Under a strip of pictures. */
const ROW = 420;
/** Enough pictures for one patch of each. */
const MANY = 9;

/** `id`: of a node in the place. A sentence where it cannot be done. */
export function lookInto(place: Place, id: string): LookInto | string {
  const { body, inference: { flat }, registry, scope } = place;
  const node = prefixOf(scope) + id;
  const used = layersUsed(place.inference, node);
  if (!used) return "Nothing says yet which layers these are. Connect a Feature extractor that runs.";
  const [patches, images] = [registry.get("NinePatches"), registry.get("Images")];
  if (!patches || !images) return "This library has no “Nine patches”.";

  const at = below(place, id);
  const adding = new Adding(body);
  const network = networkOf(place, used.extractor, adding, { x: at.x - COLUMN, y: at.y + ROW });
  if (typeof network === "string") return network;
  const params: Params = { network: network.choice, layers: used.layers, channels: used.channel === undefined ? "" : String(used.channel) };
  const there = adding.nodes.length === 0 && body.nodes.find((one) =>
    one.type === patches.type && Object.entries(params).every(([name, value]) => sameParam(patches, name, one.params[name], value)) && body.wires.some((w) => w.to === `${one.id}.images`) && (!network.wire || body.wires.some((w) => w.from === network.wire && w.to === `${one.id}.network`)));
  if (there) return { changes: [], id: there.id };

  const { list, count } = picturesUsed(flat, node);
  const source = adding.node(images, { x: at.x - COLUMN, y: at.y }, { file: list, maxSide: 1024 }, "Pictures of this graph");
  const made = adding.node(patches, at, { ...params, ...(count !== null && count < MANY ? { onePerPicture: false } : {}) });
  adding.wire(`${source}.images`, `${made}.images`);
  if (network.wire) adding.wire(network.wire, `${made}.network`);
  return { changes: adding.changes(), id: made };
}

/** Under everything, so that nothing is covered, in the node's column. */
function below({ body, sizes }: Place, id: string): Position {
  const all = around([...body.nodes.map((node) => boxOf(node, sizes)), ...(body.comments ?? []).map(boxOfComment)]);
  return { x: nodesById(body).get(id)?.position.x ?? 0, y: all ? all.y + all.height + GAP : 0 };
}

/** One that is built in by its name, one on a wire by that wire; one of a file is put on a wire by a Network node. A sentence where it cannot be had here. */
function networkOf(place: Place, extractor: FlatNode, adding: Adding, at: Position): { readonly choice: string; readonly wire?: string } | string {
  const choice = String(valueOf(extractor, "network"));
  if (choice === "wired") {
    const from = place.inference.flat.incoming.get(extractor.id)?.find((wire) => wire.toPort === "network")?.fromKey;
    if (from === undefined) return "No network is connected to the Feature extractor.";
    const wire = endInside(place, from);
    return wire === undefined ? "The network of these layers is not in this subgraph. Look into them where it is." : { choice, wire };
  }
  if (choice !== "file") return { choice };
  const declaration = place.registry.get("Network");
  if (!declaration) return "This library has no “Network”.";
  // What says which file it is, and how it wants its pictures.
  const params: Params = Object.fromEntries(["file", "scaling", "reversed", "pin"].map((name) => [name, valueOf(extractor, name) ?? ""]));
  const there = place.body.nodes.find((one) => one.type === declaration.type && Object.entries(params).every(([name, value]) => sameParam(declaration, name, one.params[name], value)));
  return { choice: "wired", wire: `${there?.id ?? adding.node(declaration, at, params)}.network` };
}

/** The output in this graph that carries a flat output's value. */
function endInside({ scope, body, inference: { flat } }: Place, key: string): string | undefined {
  const prefix = prefixOf(scope);
  const ends = [key, ...[...flat.outputAliases].flatMap(([alias, carried]) => (carried === key ? [alias] : []))];
  return ends.flatMap((end) => (end.startsWith(prefix) ? [end.slice(prefix.length)] : [])).find((end) => nodesById(body).has(splitEndpoint(end).node));
}
