/** What the search palette offers: node types that fit what it was opened for and that match what was typed. */
import { describeTypes, splitEndpoint, type PortType } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { declaredNode } from "../../model/declared-node.ts";
import { nodesById, wireOfKey } from "../../model/document-view.ts";
import { fittingNodes } from "../../model/fits.ts";
import type { GraphPlace } from "../../model/edits/graph-place.ts";
import { portsOnWire } from "../../model/edits/insert-on-wire.ts";
import { searchNodes } from "../../model/search-nodes.ts";
import type { PaletteRequest } from "../../model/ui-state.ts";

export interface Offer {
  readonly declaration: RunnableNode;
  readonly group: string;
  /** Of the port by which it would be connected. */
  readonly port?: string;
}

type Request = Pick<PaletteRequest, "wire" | "into">;

/** What fits, closest first; without a wire all of the library in its order. */
export function fitting(place: GraphPlace, { wire, into }: Request): readonly Omit<Offer, "group">[] {
  if (wire) return fittingNodes(place.registry, wire).map(({ declaration, port }) => ({ declaration, port }));
  if (into === undefined) return place.registry.declarations.map((declaration) => ({ declaration }));
  return place.registry.declarations.flatMap((declaration) => {
    const ports = portsOnWire(place, wireOfKey(into), declaration);
    return ports ? [{ declaration, port: ports.input.name }] : [];
  });
}

/** In groups while nothing is typed, what was used last first; then best first. */
export function offersFor(all: readonly Omit<Offer, "group">[], query: string, recent: readonly string[], wired: boolean): readonly Offer[] {
  if (query.trim() === "") {
    const before = recent.flatMap((type) => all.filter((offer) => offer.declaration.type === type));
    const rest = wired ? all.map((offer) => ({ ...offer, group: "Fits" })) : all.map((offer) => ({ ...offer, group: offer.declaration.group }));
    return [...before.map((offer) => ({ ...offer, group: "Used last" })), ...rest.filter((offer) => !before.some((other) => other.declaration === offer.declaration))];
  }
  const byDeclaration = new Map(all.map((offer) => [offer.declaration, offer]));
  return searchNodes({ declarations: all.map((offer) => offer.declaration) }, query).map((declaration) => ({ ...byDeclaration.get(declaration)!, group: "Found" }));
}

/** What it was opened for, as a sentence; undefined where it was opened for anything. */
export function purpose(place: GraphPlace, { wire, into }: Request): { before: string; title: string; after: string } | undefined {
  const titleOf = (id: string): string => {
    const node = nodesById(place.body).get(id);
    return node ? (node.title ?? declaredNode(node, place.registry)?.title ?? node.type) : id;
  };
  if (wire) {
    const types = (Array.isArray(wire.type) ? wire.type : [wire.type]) as readonly PortType[];
    return wire.side === "output"
      ? { before: `Takes ${describeTypes(types)} from `, title: titleOf(wire.end.node), after: "." }
      : { before: "Goes into ", title: titleOf(wire.end.node), after: `, which takes ${describeTypes(types)} at “${wire.end.port}”.` };
  }
  if (into === undefined) return undefined;
  const { from, to } = wireOfKey(into);
  return { before: "Fits between ", title: `${titleOf(splitEndpoint(from).node)} and ${titleOf(splitEndpoint(to).node)}`, after: "." };
}
