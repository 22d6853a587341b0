/** Edits of single nodes: added, removed, moved, renamed, their parameters and looks. */
import type { Draft } from "immer";
import type { GraphBody, GraphNode, Json } from "../document/document.ts";
import { isId, RESERVED_NAMES, splitEndpoint, uniqueName } from "../document/endpoint.ts";
import { cleanJson } from "../file/clean-json.ts";
import { DEFAULT_LIMITS } from "../file/limits.ts";
import { readBody } from "../file/read-body.ts";
import { isObject } from "../file/read-fields.ts";
import { Report } from "../file/report.ts";
import type { Change } from "./change.ts";
import { findNode, noSuchNode, plain, refuse, setOrDelete, type EditContext, type Refusal } from "./edit-context.ts";

type Of<K extends Change["kind"]> = Extract<Change, { kind: K }>;

export function addNode(context: EditContext, { node }: Of<"add-node">): Refusal | void {
  const read = readSafely({ nodes: [node], wires: [] });
  const [added] = read.body?.nodes ?? [];
  if (!added || read.error) return read.error ?? refuse("bad-node", "This is not a node.");
  if (findNode(context.body, added.id)) return refuse("duplicate-id", `There is a node “${added.id}” already.`, { node: context.prefix + added.id });
  context.body.nodes.push(added as Draft<GraphNode>);
}

/** Copies what a host sent through the file reader, so that the document never shares or holds anything that is not plain data. */
function readSafely(raw: { nodes: readonly unknown[]; wires: readonly unknown[] }): { body: GraphBody | null; error?: Refusal } {
  const report = new Report();
  const clean = cleanJson(raw, DEFAULT_LIMITS, report);
  const body = isObject(clean) ? readBody(clean, [], DEFAULT_LIMITS, undefined, report) : null;
  const error = report.list().find((diagnostic) => diagnostic.severity === "error");
  return error ? { body, error: refuse(error.code, error.message) } : { body };
}

export function removeNodes(context: EditContext, { ids }: Of<"remove-nodes">): Refusal | void {
  const { body } = context;
  const missing = ids.find((id) => !findNode(body, id));
  if (missing !== undefined) return noSuchNode(context, missing);
  const gone = new Set(ids);
  const stays = (end: string): boolean => !gone.has(splitEndpoint(end).node);
  body.nodes = plain(body.nodes).filter((node) => !gone.has(node.id));
  const wires = plain(body.wires);
  const left = wires.filter((wire) => stays(wire.from) && stays(wire.to));
  if (left.length < wires.length) body.wires = left;
  if (body.interface.inputs.some((entry) => gone.has(entry.node))) body.interface.inputs = body.interface.inputs.filter((entry) => !gone.has(entry.node));
  if (body.interface.outputs.some((entry) => gone.has(entry.node))) body.interface.outputs = body.interface.outputs.filter((entry) => !gone.has(entry.node));
  for (const comment of body.comments ?? []) if (comment.nodes?.some((id) => gone.has(id))) comment.nodes = comment.nodes.filter((id) => !gone.has(id));
}

export function moveNodes(context: EditContext, { positions }: Of<"move-nodes">): Refusal | void {
  const moves = Object.entries(positions).map(([id, position]) => ({ id, node: findNode(context.body, id), position }));
  for (const { id, node, position } of moves) {
    if (!node) return noSuchNode(context, id);
    if (!Number.isFinite(position.x) || !Number.isFinite(position.y)) return refuse("bad-position", `The position of “${id}” is not a pair of numbers.`, { node: context.prefix + id });
  }
  for (const { node, position } of moves) node!.position = { x: position.x, y: position.y };
}

export function setParam(context: EditContext, { node: id, param, value }: Of<"set-param">): Refusal | void {
  const node = findNode(context.body, id);
  if (!node) return noSuchNode(context, id);
  const place = { node: context.prefix + id, param };
  if (RESERVED_NAMES.has(param)) return refuse("reserved-name", `“${param}” cannot be used as a name.`, place);
  if (value === undefined) {
    delete (node.params as { [name: string]: Json })[param];
    return;
  }
  const report = new Report();
  const clean = cleanJson(value, DEFAULT_LIMITS, report);
  const [problem] = report.list();
  if (problem || clean === undefined) return refuse(problem?.code ?? "not-json", problem?.message ?? "The value is not plain data.", place);
  (node.params as { [name: string]: Json })[param] = clean;
}

export function setNode(context: EditContext, { node: id, fields }: Of<"set-node">): Refusal | void {
  const node = findNode(context.body, id);
  if (!node) return noSuchNode(context, id);
  for (const key of ["title", "comment"] as const) if (key in fields) setOrDelete(node, key, fields[key]);
  for (const key of ["collapsed", "muted"] as const) if (key in fields) setOrDelete(node, key, fields[key]);
}

export function renameNode(context: EditContext, { node: id, to }: Of<"rename-node">): Refusal | void {
  const { body, prefix } = context;
  const node = findNode(body, id);
  if (!node) return noSuchNode(context, id);
  if (id === to) return;
  if (!isId(to)) return refuse("bad-id", `“${to}” cannot be a node's id: an id has letters, digits, “_” and “-” and starts with a letter or digit.`, { node: prefix + id });
  if (findNode(body, to)) return refuse("duplicate-id", `There is a node “${to}” already.`, { node: prefix + to });
  node.id = to;
  const renamed = (end: string): string => (end.startsWith(`${id}.`) ? to + end.slice(id.length) : end);
  for (const [i, wire] of plain(body.wires).entries())
    if (renamed(wire.from) !== wire.from || renamed(wire.to) !== wire.to) body.wires[i] = { from: renamed(wire.from), to: renamed(wire.to) };
  for (const entry of [...body.interface.inputs, ...body.interface.outputs]) if (entry.node === id) entry.node = to;
  for (const comment of body.comments ?? []) if (comment.nodes?.includes(id)) comment.nodes = comment.nodes.map((member) => (member === id ? to : member));
}

/** Pastes nodes with the wires between them; ids that are taken get a number. */
export function insertBody(context: EditContext, { body: pasted, offset = { x: 0, y: 0 } }: Of<"insert">): Refusal | void {
  const { body, error } = readSafely({ nodes: pasted.nodes, wires: pasted.wires });
  if (!body || error) return error ?? refuse("bad-node", "There are no nodes to insert.");
  const taken = new Set(context.body.nodes.map((node) => node.id));
  const ids = new Map<string, string>();
  for (const node of body.nodes) {
    const id = uniqueName(node.id, taken);
    taken.add(id);
    ids.set(node.id, id);
    const position = { x: node.position.x + offset.x, y: node.position.y + offset.y };
    context.body.nodes.push({ ...node, id, position } as Draft<GraphNode>);
  }
  const moved = (end: string): string => {
    const { node, port } = splitEndpoint(end);
    return `${ids.get(node)}.${port}`;
  };
  for (const wire of body.wires) context.body.wires.push({ from: moved(wire.from), to: moved(wire.to) });
}
