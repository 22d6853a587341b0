/** Checks the wires into one node against its input ports and binds the shape variables they share. */
import type { InputPort, NodeDeclaration } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { FlatWire } from "../flat/flat-graph.ts";
import { disconnectFix } from "../flat/cycle-diagnostics.ts";
import { nearest } from "../text/nearest.ts";
import { alternatives } from "../types/assignable.ts";
import { describeType, describeTypes } from "../types/format-type.ts";
import { bindPattern, networkOf, substitute, type Bindings, type Match } from "../types/pattern.ts";
import type { PortType } from "../types/port-type.ts";
import type { NodeQuestion } from "./infer-node.ts";

export interface MatchedInputs {
  inputs: { [port: string]: PortType | undefined };
  inputLists: { [port: string]: PortType[] };
  bindings: Bindings;
  diagnostics: Diagnostic[];
}

interface State extends MatchedInputs {
  /** Which port gave each variable its value. */
  boundBy: Map<string, string>;
  /** The first network seen, and at which port. */
  network?: { id: string; port: string };
}

export function matchInputs(question: NodeQuestion, declaration: NodeDeclaration): MatchedInputs {
  const { node, wires, arriving } = question;
  const state: State = { inputs: {}, inputLists: {}, bindings: new Map(), diagnostics: [], boundBy: new Map() };
  for (const port of declaration.inputs) {
    const here = wires.map((wire, i) => ({ wire, type: arriving[i] })).filter(({ wire }) => wire.toPort === port.name);
    if (port.multiple) state.inputLists[port.name] = [];
    const given = question.given?.get(port.name);
    if (given) {
      matchType(state, question, declaration, port, undefined, given);
      continue;
    }
    if (here.length === 0) leaveOpen(state, question, declaration, port);
    for (const [i, { wire, type }] of here.entries()) {
      if (i > 0 && !port.multiple) state.diagnostics.push(tooMany(node.id, port, wire));
      else if (type) matchType(state, question, declaration, port, wire, type);
    }
  }
  const known = new Set(declaration.inputs.map((port) => port.name));
  for (const wire of wires) if (!known.has(wire.toPort)) state.diagnostics.push(unknownInput(node.id, declaration, wire, [...known]));
  return state;
}

/** `wire` is absent for a value that a run feeds. */
function matchType(state: State, question: NodeQuestion, declaration: NodeDeclaration, port: InputPort, wire: FlatWire | undefined, type: PortType): void {
  const types = alternatives(port.type);
  let failure: { match: Extract<Match, { ok: false }>; near: number } | undefined;
  for (const pattern of types) {
    const match = bindPattern(type, pattern, state.bindings);
    if (match.ok) {
      for (const letter of match.bindings.keys()) if (!state.boundBy.has(letter)) state.boundBy.set(letter, port.name);
      state.bindings = match.bindings;
      if (port.multiple) state.inputLists[port.name]!.push(match.type);
      state.inputs[port.name] ??= match.type;
      if (pattern.kind !== "any") checkNetwork(state, question.node.id, declaration, port, wire, match.type);
      return;
    }
    // The alternative that comes nearest explains best: a wrong length says more than a wrong number of axes, and that more than a wrong kind.
    const near = match.code === "wrong-type" ? 0 : isOfRank(pattern, type) ? 2 : 1;
    if (!failure || near > failure.near) failure = { match, near };
  }
  const { match } = failure!;
  const message = mismatchMessage(state, declaration, port, types, type, match);
  state.diagnostics.push({ code: match.code, severity: "error", message, node: question.node.id, port: port.name, ...(wire ? { wire: wire.drawn } : {}) });
}

const isOfRank = (a: PortType, b: PortType): boolean => a.kind === "tensor" && b.kind === "tensor" && a.shape?.length === b.shape?.length;

function mismatchMessage(state: State, declaration: NodeDeclaration, port: InputPort, types: readonly PortType[], type: PortType, match: Extract<Match, { ok: false }>): string {
  const other = match.variable === undefined ? undefined : state.boundBy.get(match.variable);
  const takes = `${declaration.title} takes ${describeTypes(types)} at “${port.name}”; this wire carries ${describeType(type)}.`;
  const elsewhere = other !== undefined && other !== port.name ? ` “${other}” has ${match.needed} there: both must agree.` : "";
  return `${takes}${match.detail ? ` ${match.detail}` : ""}${elsewhere}`;
}

/** Encodings and activations of two networks live in two spaces: comparing them gives a number without a meaning. */
function checkNetwork(state: State, node: string, declaration: NodeDeclaration, port: InputPort, wire: FlatWire | undefined, type: PortType): void {
  const id = networkOf(type);
  if (!id) return;
  state.network ??= { id, port: port.name };
  const first = state.network;
  if (first.id === id) return;
  const message = `${declaration.title} cannot compare what two networks computed: “${first.port}” comes from “${first.id}” and “${port.name}” from “${id}”. Use one network for both.`;
  state.diagnostics.push({ code: "network-mismatch", severity: "error", message, node, port: port.name, ...(wire ? { wire: wire.drawn } : {}) });
}

/** No wire: an error if the port needs one; what the interface feeds has the declared type. */
function leaveOpen(state: State, question: NodeQuestion, declaration: NodeDeclaration, port: InputPort): void {
  const { node, open } = question;
  if (open?.fed.has(port.name)) {
    const type = alternatives(port.type)[0];
    if (!type || type.kind === "any") return;
    state.inputs[port.name] = substitute(type, state.bindings, node.id);
    if (port.multiple) state.inputLists[port.name]!.push(state.inputs[port.name]!);
    return;
  }
  if (port.optional) return;
  const silence = open?.silenced.get(port.name);
  const why = !silence ? "nothing is connected" : silence.reason === "muted" ? `“${silence.by}” is muted and has nothing fitting to pass on` : `nothing is connected to “${silence.by}”`;
  const message = `${declaration.title} needs ${describeTypes(alternatives(port.type))} at “${port.name}”, and ${why}.`;
  state.diagnostics.push({ code: "missing-input", severity: "error", message, node: node.id, port: port.name });
}

function tooMany(node: string, port: InputPort, wire: FlatWire): Diagnostic {
  const fix = disconnectFix(wire.drawn);
  const message = `“${port.name}” takes one wire, and another one is already there.`;
  return { code: "too-many-wires", severity: "error", message, node, port: port.name, wire: wire.drawn, ...(fix ? { fix } : {}) };
}

function unknownInput(node: string, declaration: NodeDeclaration, wire: FlatWire, known: readonly string[]): Diagnostic {
  const guess = nearest(wire.toPort, known);
  const fix = disconnectFix(wire.drawn);
  const message = `${declaration.title} has no input “${wire.toPort}”${guess ? `; did you mean “${guess}”?` : "."}`;
  return { code: "unknown-port", severity: "error", message, node, port: wire.toPort, wire: wire.drawn, ...(fix ? { fix } : {}) };
}
