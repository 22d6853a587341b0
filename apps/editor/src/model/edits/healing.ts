/** Removes nodes and closes the gaps: what ran through a removed node is connected around it, where types fit. */
import { splitEndpoint, type Change, type GraphDocument, type GraphWire, type Inference, type NodeRegistry, type Scope } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { declaredNode } from "../declared-node.ts";
import { nodesById, wiresByNode } from "../document-view.ts";
import { graphPlace, type GraphPlace } from "./graph-place.ts";
import { fitOf } from "./port-fit.ts";
import { rewire } from "./rewire.ts";

/** All changes that it takes, the removal last. */
export function healingChanges(document: GraphDocument, scope: Scope, registry: NodeRegistry<RunnableNode>, inference: Pick<Inference, "types">, ids: Iterable<string>): Change[] {
  const place = graphPlace(document, scope, registry, inference);
  const nodes = nodesById(place.body);
  const gone = new Set([...ids].filter((id) => nodes.has(id)));
  if (gone.size === 0) return [];
  const read = new Set(place.body.wires.filter((wire) => gone.has(splitEndpoint(wire.from).node) && !gone.has(splitEndpoint(wire.to).node)).map((wire) => wire.to));
  const changes: Change[] = [];
  for (const end of read) {
    const wires = place.body.wires.filter((wire) => wire.to === end);
    const sources = wires.flatMap(({ from }) => (gone.has(splitEndpoint(from).node) ? (sourceBehind(place, from, end, gone) ?? []) : [from]));
    changes.push(...rewire(place.body, end, sources));
  }
  return [...changes, { kind: "remove-nodes", ids: [...gone] }];
}

/** The nearest output before the removed nodes that fits the port; null where there is none. */
function sourceBehind(place: GraphPlace, from: string, end: string, gone: ReadonlySet<string>): string | null {
  const { node, port } = splitEndpoint(end);
  const target = nodesById(place.body).get(node);
  const taken = (target && declaredNode(target, place.registry)?.inputs.find((input) => input.name === port)?.type) ?? { kind: "any" as const };
  const seen = new Set<string>();
  const ends = [from];
  while (ends.length) {
    const id = splitEndpoint(ends.pop()!).node;
    if (seen.has(id)) continue;
    seen.add(id);
    const before = inOrder(place, id);
    for (const wire of before) {
      if (gone.has(splitEndpoint(wire.from).node)) continue;
      const type = place.typeOf(wire.from);
      if (type ? fitOf(type, taken) > 0 : declaredNode(nodesById(place.body).get(id)!, place.registry)?.passThrough) return wire.from;
    }
    // The first input is followed first.
    for (const wire of before.toReversed()) if (gone.has(splitEndpoint(wire.from).node)) ends.push(wire.from);
  }
  return null;
}

/** Wires into a node in the order of its ports. */
function inOrder(place: GraphPlace, id: string): GraphWire[] {
  const node = nodesById(place.body).get(id);
  const names = (node && declaredNode(node, place.registry)?.inputs.map((input) => input.name)) ?? [];
  const into = (wiresByNode(place.body).get(id) ?? []).filter((wire) => splitEndpoint(wire.to).node === id);
  return into.toSorted((a, b) => names.indexOf(splitEndpoint(a.to).port) - names.indexOf(splitEndpoint(b.to).port));
}
