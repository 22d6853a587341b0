/** Puts nodes into one Subgraph node without changing what the graph means. */
import { SUBGRAPH } from "../declaration/registry.ts";
import type { GraphBody, GraphNode, GraphWire, InterfaceInput, InterfaceOutput } from "../document/document.ts";
import { isId, splitEndpoint, uniqueName } from "../document/endpoint.ts";
import type { Change } from "./change.ts";
import { arrivalSequence } from "./arrival-sequence.ts";
import { findNode, noSuchNode, plain, refuse, type BodyDraft, type EditContext, type Refusal } from "./edit-context.ts";
import { commentsForGroup } from "./group-comments.ts";
import { topLeft } from "./layout.ts";

export function group(context: EditContext, { ids, id, title }: Extract<Change, { kind: "group" }>): Refusal | void {
  const selected = new Set(ids);
  const missing = ids.find((member) => !findNode(context.body, member));
  if (missing !== undefined) return noSuchNode(context, missing);
  if (selected.size === 0) return refuse("empty-group", "There is nothing to group.");
  if (!isId(id)) return refuse("bad-id", `“${id}” cannot be a node's id.`);
  if (!selected.has(id) && findNode(context.body, id)) return refuse("duplicate-id", `There is a node “${id}” already.`, { node: context.prefix + id });
  const body: GraphBody = plain(context.body);
  const result = grouped(body, selected, id, title);
  Object.assign(context.body, result as BodyDraft);
}

/** The same graph with the selected nodes inside a new Subgraph node `id`. */
export function grouped(body: GraphBody, selected: ReadonlySet<string>, id: string, title?: string): GraphBody {
  const inNames = new Set<string>();
  const outNames = new Set<string>();
  const inside: { inputs: InterfaceInput[]; outputs: InterfaceOutput[] } = { inputs: [], outputs: [] };
  const outputOf = new Map<string, string>();
  const paramOf = new Map<string, string>();

  const outputName = (end: string): string => {
    const known = outputOf.get(end);
    if (known !== undefined) return known;
    const { node, port } = splitEndpoint(end);
    const name = newName(port, node, outNames);
    outputOf.set(end, name);
    inside.outputs.push({ name, node, port });
    return name;
  };
  const isInside = (end: string): boolean => selected.has(splitEndpoint(end).node);

  // Inputs: everything that arrives at a port inside, in order, with a port of the group for each run from outside.
  const wireTo = new Map<GraphWire, string>();
  const entryTo = new Map<InterfaceInput, string>();
  for (const [end, sequence] of arrivalSequence(body, isInside)) {
    const { node, port } = splitEndpoint(end);
    const total = sequence.filter((item) => item.wire && isInside(item.wire.from)).length;
    let before = 0;
    let run: string | null = null;
    for (const { wire, entry } of sequence) {
      if (wire && isInside(wire.from)) {
        before++;
        run = null;
        continue;
      }
      if (run === null || entry) {
        run = newName(port, node, inNames);
        inside.inputs.push({ name: run, node, port, ...(before < total ? { at: before } : {}) });
      }
      if (wire) wireTo.set(wire, run);
      else {
        entryTo.set(entry, run);
        run = null;
      }
    }
  }
  const wires: GraphWire[] = [];
  const inner: GraphWire[] = [];
  for (const wire of body.wires) {
    const [from, to] = [isInside(wire.from), isInside(wire.to)];
    if (from && to) inner.push(wire);
    else if (to) wires.push({ from: wire.from, to: `${id}.${wireTo.get(wire)}` });
    else wires.push(from ? { from: `${id}.${outputName(wire.from)}`, to: wire.to } : wire);
  }
  const inputs = body.interface.inputs.map((entry) => {
    if (!selected.has(entry.node)) return entry;
    const { at: _at, ...rest } = entry;
    if (entry.param === undefined) return { ...rest, node: id, port: entryTo.get(entry)! };
    const key = `${entry.node}.${entry.param}`;
    let name = paramOf.get(key);
    if (name === undefined) {
      name = newName(entry.param, entry.node, inNames);
      paramOf.set(key, name);
      inside.inputs.push({ name, node: entry.node, param: entry.param });
    }
    return { ...rest, node: id, param: name };
  });
  const outputs = body.interface.outputs.map((entry) => (selected.has(entry.node) ? { ...entry, node: id, port: outputName(`${entry.node}.${entry.port}`) } : entry));

  const members = body.nodes.filter((node) => selected.has(node.id));
  const comments = commentsForGroup(body.comments ?? [], selected, id);
  const graph: GraphBody = { nodes: members, wires: inner, interface: inside, ...(comments.inside.length ? { comments: comments.inside } : {}) };
  const owner: GraphNode = { id, type: SUBGRAPH, version: 1, params: {}, position: topLeft(members), ...(title ? { title } : {}), graph };
  const first = members[0]!;
  const nodes = body.nodes.flatMap((node) => (node === first ? [owner] : selected.has(node.id) ? [] : [node]));
  return { nodes, wires, interface: { inputs, outputs }, ...(body.comments ? { comments: comments.outside } : {}) };
}

/** The port's own name if it is free, otherwise with the node's in front. */
function newName(name: string, node: string, taken: Set<string>): string {
  const chosen = taken.has(name) ? uniqueName(`${node}-${name}`, taken) : name;
  taken.add(chosen);
  return chosen;
}
