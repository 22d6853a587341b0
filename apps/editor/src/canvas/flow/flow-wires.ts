/** Turns the wires of the document into what React Flow draws: with the type that stands on each, and what is wrong with it. */
import { formatType, splitEndpoint, wireText, type Diagnostic, type GraphBody, type Inference, type PortType } from "@patchbay/graph-core";
import { nodesById, wireKey } from "../../model/document-view.ts";
import { portKind, type PortKind } from "../../model/port-kind.ts";
import { wireName } from "../wires/wire-label.ts";
import type { FlowWire, WireData } from "./flow-types.ts";

export interface WireFacts {
  readonly inference: Pick<Inference, "types">;
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly selected: ReadonlySet<string>;
  /** Ids of the scope. */
  readonly running: ReadonlySet<string>;
  /** `outer/` before every id. */
  readonly prefix: string;
}

export function flowWires(before: readonly FlowWire[], body: GraphBody, facts: WireFacts): readonly FlowWire[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const nodes = nodesById(body);
  const next = body.wires.map((wire): FlowWire => {
    const id = wireKey(wire);
    const from = splitEndpoint(wire.from);
    const to = splitEndpoint(wire.to);
    const type = facts.inference.types.get(facts.prefix + wire.from);
    const problems = facts.problems.get(wireText(wire, facts.prefix));
    const old = known.get(id);
    const data: WireData = {
      wire,
      ...lookOf(type),
      problem: problems?.length ? problems.map((d) => d.message).join(" ") : null,
      running: facts.running.has(to.node),
      muted: (nodes.get(from.node)?.muted ?? false) || (nodes.get(to.node)?.muted ?? false),
    };
    const selected = facts.selected.has(id);
    if (old && sameData(old.data!, data)) return old.selected === selected ? old : { ...old, selected };
    return { id, type: "wire", source: from.node, sourceHandle: from.port, target: to.node, targetHandle: to.port, data, selected, ariaLabel: wireName(wire.from, wire.to, data.label, data.problem) };
  });
  return next.length === before.length && next.every((edge, i) => edge === before[i]) ? before : next;
}

const sameData = (a: WireData, b: WireData): boolean =>
  a.label === b.label && a.kind === b.kind && a.problem === b.problem && a.running === b.running && a.muted === b.muted && a.wire.from === b.wire.from && a.wire.to === b.wire.to;

const looks = new WeakMap<PortType, { label: string; kind: PortKind }>();
const UNKNOWN = { label: "", kind: "plain" } as const;

/** Types keep their identity from edit to edit, so each is put into words once. */
function lookOf(type: PortType | undefined): { label: string; kind: PortKind } {
  if (!type) return UNKNOWN;
  let look = looks.get(type);
  if (!look) looks.set(type, (look = { label: typeText(type), kind: portKind(type) }));
  return look;
}

/** A type as it stands on a wire: symbolic lengths without the node they belong to (`H@paint` is `H`). */
export const typeText = (type: PortType): string => formatType(type).replace(/@[\w/-]+/g, "");
