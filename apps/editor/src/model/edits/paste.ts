/** Puts a part of a graph into a graph: pasted, or as a duplicate of what is there. */
import { splitEndpoint, uniqueName, type Change, type GraphBody, type NodeRegistry, type Position } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { declaredNode } from "../declared-node.ts";
import { nodesById } from "../document-view.ts";
import type { Selection } from "../editor-state.ts";
import { parseFragment, selectedPart, type Fragment } from "./fragment.ts";
import { around, boxOf, boxOfComment, type Sizes } from "./geometry.ts";

export interface Pasted {
  readonly changes: Change[];
  /** What is to be selected then: all that came. */
  readonly selection: { readonly nodes: readonly string[]; readonly comments: readonly string[] };
}

const UNKNOWN: Sizes = new Map();

/** With its middle `at` that place. Null where the text is neither a fragment nor a graph. */
export function pasteChanges(text: string, at: Position, body: GraphBody, registry: NodeRegistry): Pasted | null {
  const part = parseFragment(text, registry);
  const whole = part && around([...part.nodes.map((node) => boxOf(node, UNKNOWN)), ...part.comments.map(boxOfComment)]);
  if (!part || !whole) return null;
  return placed(part, body, { x: Math.round(at.x - whole.width / 2 - whole.x), y: Math.round(at.y - whole.height / 2 - whole.y) }).pasted;
}

/** `wires`: also what feeds the originals from outside feeds the copies. Null where nothing is selected. */
export function duplicateChanges(body: GraphBody, selection: Pick<Selection, "nodes" | "comments">, registry: NodeRegistry<RunnableNode>, options: { wires?: boolean; by?: Position } = {}): Pasted | null {
  const part = selectedPart(body, selection);
  if (part.nodes.length + part.comments.length === 0) return null;
  const { pasted, ids } = placed(part, body, options.by ?? { x: 32, y: 32 });
  if (!options.wires) return pasted;
  const known = nodesById(body);
  const taken = new Set<string>();
  const feeding = body.wires.flatMap(({ from, to }): Change[] => {
    const end = splitEndpoint(to);
    const copy = ids.get(end.node);
    if (copy === undefined || ids.has(splitEndpoint(from).node)) return [];
    const many = declaredNode(known.get(end.node)!, registry)?.inputs.find((input) => input.name === end.port)?.multiple ?? false;
    const target = `${copy}.${end.port}`;
    if (!many && taken.has(target)) return [];
    taken.add(target);
    return [{ kind: "connect", wire: { from, to: target } }];
  });
  return { ...pasted, changes: [...pasted.changes, ...feeding] };
}

/** The same part, made to fit: ids that are free, and moved. */
function placed(part: Fragment, body: GraphBody, by: Position): { pasted: Pasted; ids: ReadonlyMap<string, string> } {
  const ids = freeIds(part.nodes, body.nodes);
  const commentIds = freeIds(part.comments, body.comments ?? []);
  const moved = (position: Position): Position => ({ x: position.x + by.x, y: position.y + by.y });
  const end = (text: string): string => {
    const { node, port } = splitEndpoint(text);
    return `${ids.get(node) ?? node}.${port}`;
  };
  const nodes = part.nodes.map((node) => ({ ...node, id: ids.get(node.id)!, position: moved(node.position) }));
  const wires = part.wires.filter((wire) => ids.has(splitEndpoint(wire.from).node) && ids.has(splitEndpoint(wire.to).node)).map((wire) => ({ from: end(wire.from), to: end(wire.to) }));
  const changes: Change[] = nodes.length ? [{ kind: "insert", body: { nodes, wires } }] : [];
  for (const comment of part.comments) {
    const members = comment.nodes?.flatMap((id) => ids.get(id) ?? []);
    changes.push({ kind: "set-comment", comment: { ...comment, id: commentIds.get(comment.id)!, position: moved(comment.position), ...(members ? { nodes: members } : {}) } });
  }
  return { pasted: { changes, selection: { nodes: [...ids.values()], comments: [...commentIds.values()] } }, ids };
}

function freeIds(things: readonly { id: string }[], there: readonly { id: string }[]): Map<string, string> {
  const taken = new Set(there.map((thing) => thing.id));
  const ids = new Map<string, string>();
  for (const { id } of things) {
    const free = uniqueName(id, taken);
    taken.add(free);
    ids.set(id, free);
  }
  return ids;
}
