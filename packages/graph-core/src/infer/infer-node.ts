/** The types and diagnostics of one node, given the types on the wires into it. A pure function, so that it can be remembered. */
import { checkParams } from "../declaration/check-params.ts";
import type { Facts, NodeDeclaration } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { FlatNode, FlatWire } from "../flat/flat-graph.ts";
import { substitute } from "../types/pattern.ts";
import type { PortType } from "../types/port-type.ts";
import { matchInputs } from "./match-inputs.ts";
import type { OpenPortsOfNode } from "./open-ports.ts";

export interface NodeQuestion {
  node: FlatNode;
  wires: readonly FlatWire[];
  /** The type each wire brings; `undefined` when it is not known. */
  arriving: readonly (PortType | undefined)[];
  /** Of an optimiser: the type of the variable that it optimises. */
  variable?: PortType | undefined;
  /** Of a trainer: the type of what its feed gives first. */
  fed?: PortType | undefined;
  open: OpenPortsOfNode | undefined;
  /** By port: types of values that a run feeds in the place of wires. */
  given?: ReadonlyMap<string, PortType> | undefined;
  facts: Facts;
}

export interface NodeAnswer {
  /** By output port. */
  outputs: ReadonlyMap<string, PortType>;
  /** By input port, after conversion; the first wire's for ports that take many. */
  inputs: ReadonlyMap<string, PortType>;
  diagnostics: readonly Diagnostic[];
}

export function inferNode(question: NodeQuestion, declaration: NodeDeclaration): NodeAnswer {
  const { node, facts } = question;
  const diagnostics: Diagnostic[] = [];
  checkVersion(node, declaration, diagnostics);
  const params = checkParams(node.params, declaration);
  for (const problem of params.diagnostics) diagnostics.push(withFix({ ...problem, node: node.id }, node));
  const matched = matchInputs(question, declaration);
  diagnostics.push(...matched.diagnostics);

  const declared: { [port: string]: PortType } = {};
  for (const port of declaration.outputs) declared[port.name] = substitute(port.type, matched.bindings, node.id);
  const outputs = new Map<string, PortType>(Object.entries(declared));
  if (declaration.infer) {
    const { inputs, inputLists } = matched;
    const result = declaration.infer({ inputs, inputLists, params: params.values, outputs: declared, facts, node: node.id, ...(question.variable ? { variable: question.variable } : {}), ...(question.fed ? { fed: question.fed } : {}) });
    for (const [port, type] of Object.entries(result.outputs ?? {})) {
      if (type === null) outputs.delete(port);
      else outputs.set(port, type);
    }
    for (const problem of result.diagnostics ?? []) diagnostics.push(locate({ ...problem, node: node.id }, question.wires));
  }
  return { outputs, inputs: new Map(Object.entries(matched.inputs).filter((e): e is [string, PortType] => e[1] !== undefined)), diagnostics };
}

/** A rule names the port; if one wire leads there, that is where the mistake is drawn. */
function locate(diagnostic: Diagnostic, wires: readonly FlatWire[]): Diagnostic {
  if (diagnostic.port === undefined || diagnostic.wire !== undefined) return diagnostic;
  const there = wires.filter((wire) => wire.toPort === diagnostic.port);
  return there.length === 1 ? { ...diagnostic, wire: there[0]!.drawn } : diagnostic;
}

function checkVersion(node: FlatNode, declaration: NodeDeclaration, diagnostics: Diagnostic[]): void {
  if (node.version === declaration.version) return;
  const [code, why] =
    node.version > declaration.version
      ? ["newer-node", `This ${declaration.title} was saved as version ${node.version}; this program knows it up to version ${declaration.version}.`]
      : ["outdated-node", `This ${declaration.title} is of version ${node.version} and was not brought up to version ${declaration.version}.`];
  diagnostics.push({ code, severity: "error", message: why, node: node.id });
}

/** A wrong parameter goes back to its default, unless an enclosing subgraph sets it. */
function withFix(diagnostic: Diagnostic, node: FlatNode): Diagnostic {
  if (diagnostic.param === undefined || node.overridden?.has(diagnostic.param)) return diagnostic;
  const path = node.id.split("/");
  const id = path.pop()!;
  const title = diagnostic.code === "unknown-param" ? `Remove “${diagnostic.param}”` : "Use the default";
  return { ...diagnostic, fix: { title, changes: [{ kind: "set-param", node: id, param: diagnostic.param, value: undefined, ...(path.length ? { scope: path } : {}) }] } };
}
