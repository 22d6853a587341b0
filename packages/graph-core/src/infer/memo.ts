/** One node's remembered answer, and when it still holds. */
import type { Facts, NodeRegistry } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { FlatNode, FlatWire } from "../flat/flat-graph.ts";
import { nearest } from "../text/nearest.ts";
import type { PortType } from "../types/port-type.ts";
import { sameType } from "../types/same-type.ts";
import { inferNode, type NodeQuestion } from "./infer-node.ts";
import { sameOpenPorts, type OpenPortsOfNode } from "./open-ports.ts";

/** A question, which is everything an answer depends on (beside facts), with the answer. */
export interface Memo {
  question: NodeQuestion & { facts: Facts };
  outputs: ReadonlyMap<string, PortType>;
  inputs: ReadonlyMap<string, PortType>;
  diagnostics: readonly Diagnostic[];
}

/** Compares by identity wherever structural sharing makes that enough. */
export function stillHolds({ question: old }: Memo, node: FlatNode, wires: readonly FlatWire[], open: OpenPortsOfNode | undefined, answers: ReadonlyMap<string, Memo>): boolean {
  if (old.node !== node && !(old.node.type === node.type && old.node.version === node.version && sameParams(old.node, node))) return false;
  if (old.wires.length !== wires.length || !sameOpenPorts(old.open, open)) return false;
  for (let i = 0; i < wires.length; i++)
    if (!sameWire(old.wires[i]!, wires[i]!) || old.arriving[i] !== arrivingOn(wires[i]!, answers)) return false;
  return true;
}

/** The type on a wire, once its source has answered. */
export const arrivingOn = (wire: FlatWire, answers: ReadonlyMap<string, Memo>): PortType | undefined => answers.get(wire.fromNode)?.outputs.get(wire.fromPort);

function sameParams(a: FlatNode, b: FlatNode): boolean {
  if (a.overridden?.size !== b.overridden?.size) return false;
  if (a.params === b.params) return true;
  const names = Object.keys(a.params);
  return names.length === Object.keys(b.params).length && names.every((name) => Object.hasOwn(b.params, name) && a.params[name] === b.params[name]);
}

const sameWire = (a: FlatWire, b: FlatWire): boolean => a === b || (a.toPort === b.toPort && a.fromKey === b.fromKey && a.drawn === b.drawn);

/** Asks the node's declaration. Types equal to those of `before` keep their identity, so that nothing downstream is asked again. */
export function answerNode(question: NodeQuestion, registry: NodeRegistry, before: Memo | undefined): Memo {
  const { node } = question;
  if (!node.declaration) return { question, outputs: new Map(), inputs: new Map(), diagnostics: [unknownType(node, registry)] };
  const answer = inferNode(question, node.declaration);
  const outputs = new Map<string, PortType>();
  for (const [port, type] of answer.outputs) {
    const old = before?.outputs.get(port);
    outputs.set(port, old && sameType(old, type) ? old : type);
  }
  return { question, outputs, inputs: answer.inputs, diagnostics: answer.diagnostics };
}

function unknownType(node: FlatNode, registry: NodeRegistry): Diagnostic {
  const guess = nearest(
    node.type,
    registry.declarations.map((declaration) => declaration.type),
  );
  const message = `There is no node type “${node.type}” here${guess ? `; did you mean “${guess}”?` : ". The node is kept as it is, but the graph cannot run."}`;
  return { code: "unknown-node-type", severity: "error", message, node: node.id };
}
