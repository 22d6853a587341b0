/** Takes the nodes out of a Subgraph node again without changing what the graph means. */
import { SUBGRAPH } from "../declaration/registry.ts";
import type { GraphBody, GraphComment, GraphNode, GraphWire, InterfaceInput, InterfaceOutput, Json } from "../document/document.ts";
import { splitEndpoint, uniqueName } from "../document/endpoint.ts";
import { arrivalSequence } from "./arrival-sequence.ts";
import type { Change } from "./change.ts";
import { findNode, noSuchNode, plain, refuse, type BodyDraft, type EditContext, type Refusal } from "./edit-context.ts";
import { difference, shifted, topLeft } from "./layout.ts";

export function ungroup(context: EditContext, { id }: Extract<Change, { kind: "ungroup" }>): Refusal | void {
  const node = findNode(context.body, id);
  if (!node) return noSuchNode(context, id);
  const place = { node: context.prefix + id };
  if (node.type !== SUBGRAPH || !node.graph) return refuse("not-a-group", `“${id}” is not a group of nodes.`, place);
  if (node.muted) return refuse("muted-group", `“${id}” is muted; its nodes would not be. Unmute it first.`, place);
  const body: GraphBody = plain(context.body);
  const result = ungrouped(body, id);
  if (!result.comments) delete context.body.comments;
  Object.assign(context.body, result as BodyDraft);
}

/** The same graph with the inside of the Subgraph node `id` in its place. Ids that are taken get a number. */
export function ungrouped(body: GraphBody, id: string): GraphBody {
  const owner = body.nodes.find((node) => node.id === id)!;
  const inside = owner.graph!;
  const ids = freeIds(inside.nodes, new Set(body.nodes.filter((node) => node !== owner).map((node) => node.id)));
  const rename = (end: string): string => {
    const { node, port } = splitEndpoint(end);
    return `${ids.get(node) ?? node}.${port}`;
  };
  const outputs = new Map(inside.interface.outputs.map((entry) => [`${id}.${entry.name}`, `${ids.get(entry.node) ?? entry.node}.${entry.port}`]));
  const isOwner = (end: string): boolean => splitEndpoint(end).node === id;
  /** Where a wire from here comes from once the group is gone; `null` for an output the group does not have. */
  const source = (end: string): string | null => (isOwner(end) ? (outputs.get(end) ?? null) : end);

  const wires: GraphWire[] = [];
  for (const wire of body.wires) {
    const from = source(wire.from);
    if (from !== null && !isOwner(wire.to)) wires.push(from === wire.from ? wire : { from, to: wire.to });
  }
  const entries: InterfaceInput[] = [];
  const outside = arrivalSequence(body, isOwner);
  for (const [end, sequence] of arrivalSequence(inside, () => true)) {
    const to = rename(end);
    const { node, port } = splitEndpoint(to);
    const added: GraphWire[] = [];
    const open: { entry: InterfaceInput; before: number }[] = [];
    for (const { wire, entry } of sequence) {
      if (wire) added.push({ from: rename(wire.from), to });
      else
        for (const outer of outside.get(`${id}.${entry.name}`) ?? []) {
          const from = outer.wire && source(outer.wire.from);
          if (from) added.push({ from, to });
          else if (outer.entry) open.push({ entry: outer.entry, before: added.length });
        }
    }
    wires.push(...added);
    for (const { entry, before } of open) {
      const { at: _at, ...rest } = entry;
      entries.push({ ...rest, node, port, ...(before < added.length ? { at: before } : {}) });
    }
  }
  const inputs = body.interface.inputs.flatMap((entry) => {
    if (entry.node !== id) return [entry];
    if (entry.param === undefined) return [];
    return inside.interface.inputs.filter((inner) => inner.name === entry.param && inner.param !== undefined).map((inner) => ({ ...entry, node: ids.get(inner.node) ?? inner.node, param: inner.param! }));
  });
  const results: InterfaceOutput[] = body.interface.outputs.flatMap((entry) => {
    const from = source(`${entry.node}.${entry.port}`);
    return from === null ? [] : [{ ...entry, ...splitEndpoint(from) }];
  });
  const shift = difference(owner.position, topLeft(inside.nodes));
  const members = inside.nodes.map((node) => released(node, ids.get(node.id)!, owner, inside, shift));
  const nodes = body.nodes.flatMap((node) => (node === owner ? members : [node]));
  const comments = [...(body.comments ?? []).map((comment) => withMembers(comment, id, [...ids.values()])), ...releasedComments(inside, body, ids, shift)];
  return { nodes, wires, interface: { inputs: [...inputs, ...entries], outputs: results }, ...(comments.length ? { comments } : {}) };
}

function freeIds(nodes: readonly GraphNode[], taken: Set<string>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { id } of nodes) {
    const free = uniqueName(id, taken);
    taken.add(free);
    ids.set(id, free);
  }
  return ids;
}

/** A member as it stands on its own: with the parameters the group had set on it. */
function released(node: GraphNode, id: string, owner: GraphNode, inside: GraphBody, shift: { x: number; y: number }): GraphNode {
  const params: { [name: string]: Json } = { ...node.params };
  for (const entry of inside.interface.inputs)
    if (entry.node === node.id && entry.param !== undefined && Object.hasOwn(owner.params, entry.name)) params[entry.param] = owner.params[entry.name]!;
  return { ...node, id, params, position: shifted(node.position, shift) };
}

function withMembers(comment: GraphComment, id: string, members: readonly string[]): GraphComment {
  return comment.nodes?.includes(id) ? { ...comment, nodes: comment.nodes.flatMap((node) => (node === id ? members : [node])) } : comment;
}

function releasedComments(inside: GraphBody, body: GraphBody, ids: ReadonlyMap<string, string>, shift: { x: number; y: number }): GraphComment[] {
  const taken = new Set((body.comments ?? []).map((comment) => comment.id));
  return (inside.comments ?? []).map((comment) => {
    const id = uniqueName(comment.id, taken);
    taken.add(id);
    const nodes = comment.nodes?.map((node) => ids.get(node) ?? node);
    return { ...comment, id, position: shifted(comment.position, shift), ...(nodes ? { nodes } : {}) };
  });
}
