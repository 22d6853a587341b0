/** Which ports a wire may end at, and of the others why not. */
import { splitEndpoint, type Endpoint, type GraphBody, type GraphWire, type Inference, type NodeRegistry, type PortType } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { declaredNode } from "../../model/declared-node.ts";
import { nodesById } from "../../model/document-view.ts";
import { whyNot } from "../../model/edits/port-fit.ts";

/** Of the end that is held: the wire is looked for at the other side. */
export type Side = "output" | "input";

export interface Fit {
  readonly ok: boolean;
  /** Full sentences; absent where it fits. */
  readonly reason?: string;
  /** Something is connected here already, and the port takes one wire. */
  readonly taken: boolean;
}

/** By node id, then by port name: every port of the other side. */
export type Fits = ReadonlyMap<string, ReadonlyMap<string, Fit>>;

export interface Drawn {
  readonly body: GraphBody;
  readonly inference: Pick<Inference, "types">;
  readonly registry: NodeRegistry<RunnableNode>;
  /** `outer/` before every id. */
  readonly prefix: string;
}

/** What comes out of a port, as exactly as it is known; undefined for a port that nobody declares. */
export function outputType({ body, inference, registry, prefix }: Drawn, end: Endpoint): PortType | undefined {
  const known = inference.types.get(`${prefix}${end.node}.${end.port}`);
  if (known) return known;
  const node = nodesById(body).get(end.node);
  return node && declaredNode(node, registry)?.outputs.find((port) => port.name === end.port)?.type;
}

/** What an input takes, as declared. */
export function inputType({ body, registry }: Drawn, end: Endpoint): PortType | readonly PortType[] | undefined {
  const node = nodesById(body).get(end.node);
  return node && declaredNode(node, registry)?.inputs.find((port) => port.name === end.port)?.type;
}

/** `without`: a wire that is being taken away. */
export function portFits(drawn: Drawn, held: Endpoint, side: Side, without?: GraphWire): Fits {
  const { body, registry } = drawn;
  const wires = without ? body.wires.filter((wire) => wire.from !== without.from || wire.to !== without.to) : body.wires;
  const beyond = reachable(wires, held.node, side === "output" ? "backwards" : "forwards");
  const taken = new Set(wires.map((wire) => wire.to));
  const type = side === "output" ? outputType(drawn, held) : inputType(drawn, held);
  const titles = nodesById(body);
  const titleOf = (id: string): string => titles.get(id)?.title ?? declaredNode(titles.get(id)!, registry)?.title ?? id;
  const fits = new Map<string, Map<string, Fit>>();
  for (const node of body.nodes) {
    const declaration = declaredNode(node, registry);
    if (!declaration) continue;
    const ports = new Map<string, Fit>();
    const loop =
      node.id === held.node ? "A node cannot be fed by itself." :
      beyond.has(node.id) ? (side === "output" ? `That would be a loop: ${titleOf(held.node)} already needs what ${titleOf(node.id)} gives.` : `That would be a loop: ${titleOf(node.id)} already needs what ${titleOf(held.node)} gives.`) : null;
    for (const port of side === "output" ? declaration.inputs : declaration.outputs) {
      const end = { node: node.id, port: port.name };
      const from = side === "output" ? (type as PortType | undefined) : outputType(drawn, end);
      const to = side === "output" ? port.type : type;
      const reason = loop ?? (from && to ? whyNot(from, to) : null);
      const many = "multiple" in port && port.multiple === true;
      ports.set(port.name, { ok: reason === null, ...(reason === null ? {} : { reason }), taken: side === "output" && !many && taken.has(`${node.id}.${port.name}`) });
    }
    if (ports.size) fits.set(node.id, ports);
  }
  return fits;
}

/** Nodes that `start` needs (backwards) or that need it (forwards). */
function reachable(wires: readonly GraphWire[], start: string, direction: "backwards" | "forwards"): ReadonlySet<string> {
  const steps = new Map<string, string[]>();
  for (const wire of wires) {
    const [a, b] = [splitEndpoint(wire.from).node, splitEndpoint(wire.to).node];
    const [here, there] = direction === "backwards" ? [b, a] : [a, b];
    const list = steps.get(here);
    if (list) list.push(there);
    else steps.set(here, [there]);
  }
  const seen = new Set<string>();
  const work = [start];
  while (work.length)
    for (const next of steps.get(work.pop()!) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        work.push(next);
      }
  seen.delete(start);
  return seen;
}

/** Where a wire goes that is dropped on a node as a whole: the first fitting port that is free, else the first that fits. */
export function portOfBody(ports: ReadonlyMap<string, Fit>): string | null {
  const fitting = [...ports].filter(([, fit]) => fit.ok);
  return (fitting.find(([, fit]) => !fit.taken) ?? fitting[0])?.[0] ?? null;
}
