/** Reads the wires and the interface of one graph, keeping those whose ends exist. */
import type { NodeRegistry } from "../declaration/declaration.ts";
import type { GraphInterface, GraphNode, GraphWire, InterfaceInput, InterfaceOutput, Json } from "../document/document.ts";
import { splitEndpoint, wireText } from "../document/endpoint.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import { fieldsOf, isObject } from "./read-fields.ts";
import { pointerTo, quote, type Report } from "./report.ts";

type Nodes = ReadonlyMap<string, GraphNode>;

export function readWires(list: readonly Json[], pointer: string, prefix: string, nodes: Nodes, registry: NodeRegistry | undefined, report: Report): GraphWire[] {
  const wires: GraphWire[] = [];
  const seen = new Set<string>();
  const taken = new Set<string>();
  for (const [i, raw] of list.entries()) {
    const at = pointerTo(pointer, i);
    if (!isObject(raw) || typeof raw.from !== "string" || typeof raw.to !== "string") {
      report.error("bad-wire", `A wire must be { "from": "node.port", "to": "node.port" }.`, { pointer: at });
      continue;
    }
    const wire: GraphWire = { from: raw.from, to: raw.to };
    const drawn = wireText(wire, prefix).slice(0, 600);
    fieldsOf(raw, { pointer: at }, report).rest(["from", "to"]);
    const problem = endProblem(wire.from, nodes) ?? endProblem(wire.to, nodes);
    if (problem) {
      const both = endProblem(wire.from, nodes) && endProblem(wire.to, nodes);
      const second = both && both.message !== problem.message ? ` ${both.message}` : "";
      report.error(problem.code, `The wire from ${quote(wire.from)} to ${quote(wire.to)} is left out. ${problem.message}${second}`, { pointer: at, wire: drawn });
    } else if (seen.has(drawn)) {
      report.error("duplicate-wire", `The wire from ${wire.from} to ${wire.to} is there twice.`, { pointer: at, wire: drawn });
    } else if (taken.has(wire.to) && takesOne(wire.to, nodes, registry)) {
      const { node, port } = splitEndpoint(wire.to);
      report.error("too-many-wires", `“${port}” of “${node}” takes one wire; the second, from ${wire.from}, is left out.`, { pointer: at, wire: drawn, node: prefix + node, port });
    } else {
      seen.add(drawn);
      taken.add(wire.to);
      wires.push(wire);
    }
  }
  return wires;
}

function endProblem(end: string, nodes: Nodes): { code: string; message: string } | null {
  const { node, port } = splitEndpoint(end);
  if (!node || !port || port.includes(".") || port.includes("/") || port.length > 128) return { code: "bad-wire", message: `${quote(end)} is not of the form node.port.` };
  return nodes.has(node) ? null : { code: "dangling-wire", message: `There is no node ${quote(node)}.` };
}

/** Whether a port is known to take one wire only. */
function takesOne(end: string, nodes: Nodes, registry: NodeRegistry | undefined): boolean {
  const { node, port } = splitEndpoint(end);
  const declared = registry?.get(nodes.get(node)!.type)?.inputs.find((input) => input.name === port);
  return declared !== undefined && !declared.multiple;
}

export function readInterface(raw: Json | undefined, pointer: string, prefix: string, nodes: Nodes, report: Report): GraphInterface {
  if (raw === undefined) return { inputs: [], outputs: [] };
  if (!isObject(raw)) {
    report.error("wrong-field", `“interface” must be an object with “inputs” and “outputs”, not ${quote(raw)}.`, { pointer });
    return { inputs: [], outputs: [] };
  }
  const fields = fieldsOf(raw, { pointer }, report);
  const inputs = readEntries(fields.list("inputs"), pointerTo(pointer, "inputs"), prefix, nodes, report, readInput);
  const outputs = readEntries(fields.list("outputs"), pointerTo(pointer, "outputs"), prefix, nodes, report, readOutput);
  fields.rest([]);
  return { inputs: withoutMixed(inputs, pointer, report), outputs };
}

type EntryReader<E> = (raw: { readonly [key: string]: Json }, base: { name: string; node: string; doc?: string }) => { entry: E; key: string } | string;

function readEntries<E>(list: readonly Json[], pointer: string, prefix: string, nodes: Nodes, report: Report, read: EntryReader<E>): E[] {
  const entries: E[] = [];
  const seen = new Set<string>();
  for (const [i, raw] of list.entries()) {
    const at = pointerTo(pointer, i);
    if (!isObject(raw) || typeof raw.name !== "string" || raw.name === "" || raw.name.length > 128 || /[./]/.test(raw.name) || typeof raw.node !== "string") {
      report.error("bad-interface", "An interface entry needs a “name” (without dots or slashes) and a “node”.", { pointer: at });
      continue;
    }
    const fields = fieldsOf(raw, { pointer: at }, report);
    const doc = fields.text("doc");
    fields.rest(["name", "node", "param", "port", "at"]);
    if (!nodes.has(raw.node)) {
      report.error("broken-interface", `The interface entry ${quote(raw.name)} belongs to a node ${quote(raw.node)} that does not exist.`, { pointer: at });
      continue;
    }
    const result = read(raw, { name: raw.name, node: raw.node, ...(doc === undefined ? {} : { doc }) });
    if (typeof result === "string") report.error("bad-interface", result, { pointer: at, node: prefix + raw.node });
    else if (seen.has(result.key)) report.error("duplicate-interface", `The interface entry ${quote(raw.name)} is there twice.`, { pointer: at, node: prefix + raw.node });
    else {
      seen.add(result.key);
      entries.push(result.entry);
    }
  }
  return entries;
}

const readInput: EntryReader<InterfaceInput> = (raw, base) => {
  const { param, port } = raw;
  const given = [param, port].filter((value) => value !== undefined);
  if (given.length !== 1 || typeof given[0] !== "string") return `The input ${quote(base.name)} needs either a “param” to set or a “port” to feed.`;
  const entry: InterfaceInput = typeof param === "string" ? { ...base, param } : { ...base, port: port as string };
  if (typeof raw.at === "number" && raw.at >= 0) entry.at = raw.at;
  return { entry, key: JSON.stringify([base.name, base.node, param ?? null, port ?? null, entry.at ?? null]) };
};

const readOutput: EntryReader<InterfaceOutput> = (raw, base) => {
  if (typeof raw.port !== "string") return `The output ${quote(base.name)} needs the “port” that it reads.`;
  return { entry: { ...base, port: raw.port }, key: base.name };
};

/** One name may set several parameters, or feed several ports, but not both. */
function withoutMixed(inputs: readonly InterfaceInput[], pointer: string, report: Report): InterfaceInput[] {
  const kinds = new Map<string, "param" | "port">();
  return inputs.filter((entry) => {
    const kind = entry.param === undefined ? "port" : "param";
    const first = kinds.get(entry.name) ?? kind;
    kinds.set(entry.name, first);
    if (first !== kind) report.error("duplicate-interface", `The input ${quote(entry.name)} both sets a parameter and feeds a port.`, { pointer: pointerTo(pointer, "inputs") });
    return first === kind;
  });
}

export const isSubgraph = (node: GraphNode): boolean => node.type === SUBGRAPH;
