/** Random graphs and random edits of them from a seed, for tests that compare a clever way with a plain one. */
import type { Change, Scope } from "../edits/change.ts";
import type { GraphBody, GraphDocument, GraphNode, InterfaceInput, Json } from "../document/document.ts";
import { applyChanges } from "../edits/apply-changes.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import { graph, node, sampleRegistry } from "./sample-registry.ts";

export interface Random {
  /** A whole number from 0 up to but not including `below`. */
  below(below: number): number;
  pick<T>(list: readonly T[]): T | undefined;
  chance(probability: number): boolean;
}

/** mulberry32: small, seeded and the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)], chance: (p) => next() < p };
}

const TYPES = [...sampleRegistry.declarations.map((declaration) => declaration.type), "Mystery"];
const VALUES: readonly { type: string; param: string; value: Json | undefined }[] = [
  { type: "Conv", param: "kernel", value: 5 },
  { type: "Conv", param: "filters", value: 3 },
  { type: "Conv", param: "filters", value: 128 },
  { type: "Resize", param: "width", value: 32 },
  { type: "Resize", param: "width", value: -1 },
  { type: "Encoder", param: "network", value: "other-net" },
  { type: "Gallery", param: "network", value: undefined },
  { type: "Image", param: "source", value: "p.jpg" },
  { type: "Total", param: "weights", value: [1, 2] },
  { type: "Mystery", param: "x", value: 1 },
];

export function randomGraph(random: Random, size: number): GraphDocument {
  let document = graph([node("start", "Image"), node("total", "Total"), node("view", "Viewer")]);
  for (let i = 0; i < size; i++) document = applyChanges(document, [randomChange(random, document)], { registry: sampleRegistry }).document;
  return document;
}

/** Somewhere in the graph or in a subgraph; not every change can be made. */
export function randomChange(random: Random, document: GraphDocument): Change {
  const { scope, body } = randomScope(random, document);
  const change = changeOf(random, body);
  return scope.length ? { ...change, scope } : change;
}

function randomScope(random: Random, document: GraphDocument): { scope: Scope; body: GraphBody } {
  const scope: string[] = [];
  let body: GraphBody = document;
  while (random.chance(0.5)) {
    const inside = random.pick(body.nodes.filter((n) => n.graph));
    if (!inside) break;
    scope.push(inside.id);
    body = inside.graph!;
  }
  return { scope, body };
}

function changeOf(random: Random, body: GraphBody): Change {
  const anyNode = random.pick(body.nodes);
  const id = anyNode?.id ?? "none";
  switch (random.below(16)) {
    case 0:
    case 1:
    case 2:
      return { kind: "add-node", node: node(`n${random.below(1000)}`, random.pick(TYPES)!, {}, { position: { x: random.below(500), y: random.below(500) } }) };
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
      return { kind: "connect", wire: { from: outputOf(random, random.pick(body.nodes)), to: inputOf(random, random.pick(body.nodes)) } };
    case 8:
      return { kind: "disconnect", wire: random.pick(body.wires) ?? { from: "a.b", to: "c.d" } };
    case 9:
      return random.chance(0.3) ? { kind: "remove-nodes", ids: [id] } : { kind: "move-nodes", positions: { [id]: { x: random.below(500), y: random.below(500) } } };
    case 10: {
      const { param, value } = random.pick(VALUES.filter((v) => v.type === anyNode?.type)) ?? { param: "label", value: "x" };
      return { kind: "set-param", node: id, param, value };
    }
    case 11:
      return { kind: "set-node", node: id, fields: random.chance(0.5) ? { muted: random.chance(0.5) } : { title: "A title" } };
    case 12:
      return { kind: "rename-node", node: id, to: `r${random.below(1000)}` };
    case 13:
      return { kind: "set-interface", interface: randomInterface(random, body) };
    case 14:
      return { kind: "group", ids: body.nodes.filter(() => random.chance(0.4)).map((n) => n.id), id: `g${random.below(1000)}` };
    default:
      return { kind: "ungroup", id: random.pick(body.nodes.filter((n) => n.graph))?.id ?? "none" };
  }
}

function randomInterface(random: Random, body: GraphBody): GraphBody["interface"] {
  const inputs = body.nodes.filter(() => random.chance(0.2)).map((n): InterfaceInput => {
    const param = paramOf(random, n);
    if (param !== undefined && random.chance(0.5)) return { name: `set-${n.id}`, node: n.id, param };
    return { name: `in-${n.id}`, node: n.id, port: inputOf(random, n).split(".")[1]! };
  });
  const outputs = body.nodes.filter(() => random.chance(0.2)).map((n) => ({ name: `out-${n.id}`, node: n.id, port: outputOf(random, n).split(".")[1]! }));
  // What is there already stays, so that subgraphs keep most of their ports.
  return { inputs: [...body.interface.inputs, ...inputs.filter((i) => !body.interface.inputs.some((e) => e.name === i.name))], outputs: [...body.interface.outputs, ...outputs.filter((o) => !body.interface.outputs.some((e) => e.name === o.name))] };
}

function paramOf(random: Random, n: GraphNode): string | undefined {
  if (n.type === SUBGRAPH) return random.pick(n.graph!.interface.inputs.filter((e) => e.param !== undefined))?.name;
  return random.pick(sampleRegistry.get(n.type)?.params ?? [])?.name;
}

function outputOf(random: Random, n: GraphNode | undefined): string {
  const ports: readonly { name: string }[] = n?.graph ? n.graph.interface.outputs : (sampleRegistry.get(n?.type ?? "")?.outputs ?? []);
  return `${n?.id ?? "none"}.${random.pick(ports)?.name ?? "out"}`;
}

function inputOf(random: Random, n: GraphNode | undefined): string {
  const ports: readonly { name: string }[] = n?.graph ? n.graph.interface.inputs.filter((e) => e.port !== undefined) : (sampleRegistry.get(n?.type ?? "")?.inputs ?? []);
  return `${n?.id ?? "none"}.${random.pick(ports)?.name ?? "in"}`;
}
