/** Reads a graph and the graphs inside it from clean JSON, keeping whatever is fine. */
import type { NodeRegistry } from "../declaration/declaration.ts";
import type { GraphBody, GraphComment, GraphInterface, GraphNode, Json } from "../document/document.ts";
import type { Limits } from "./limits.ts";
import { migrateNode, type ParamRenames } from "./migrate-node.ts";
import { fieldsOf, isObject, type JsonObject } from "./read-fields.ts";
import { emptyBody, readNode } from "./read-node.ts";
import { readInterface, readWires } from "./read-wires.ts";
import { pointerTo, quote, type Report } from "./report.ts";

interface Task {
  raw: JsonObject;
  pointer: string;
  prefix: string;
  nesting: number;
  /** Fields of the object that are not the body's. */
  also: readonly string[];
  finish(body: GraphBody): void;
}

export function readBody(raw: JsonObject, also: readonly string[], limits: Limits, registry: NodeRegistry | undefined, report: Report): GraphBody {
  let result = emptyBody();
  const counts = { nodes: 0, wires: 0 };
  const work: Task[] = [{ raw, pointer: "", prefix: "", nesting: 0, also, finish: (body) => (result = body) }];
  while (work.length) {
    const task = work.pop()!;
    const { pointer, prefix } = task;
    const fields = fieldsOf(task.raw, { pointer }, report);
    const rawNodes = within(fields.list("nodes"), counts, "nodes", limits, pointer, report);
    const rawWires = within(fields.list("wires"), counts, "wires", limits, pointer, report);
    const nodes = new Map<string, GraphNode>();
    const renames = new Map<string, ParamRenames>();
    for (const [i, rawNode] of rawNodes.entries()) {
      const at = pointerTo(`${pointer}/nodes`, i);
      const read = readNode(rawNode, at, prefix, report);
      if (!read) continue;
      const { node, inside } = read;
      if (nodes.has(node.id)) {
        report.error("duplicate-id", `Two nodes have the id “${node.id}”; the second is left out.`, { node: prefix + node.id, pointer: pointerTo(at, "id") });
        continue;
      }
      if (registry) renames.set(node.id, migrateNode(node, registry, { node: prefix + node.id, pointer: at }, report));
      nodes.set(node.id, node);
      if (inside === undefined) continue;
      const place = { node: prefix + node.id, pointer: pointerTo(at, "graph") };
      if (!isObject(inside)) report.error("wrong-field", `“graph” must be an object, not ${quote(inside)}.`, place);
      else if (task.nesting >= limits.nesting) report.error("too-deep", `Graphs are nested more than ${limits.nesting} deep here; what is inside is left out.`, place);
      else work.push({ raw: inside, pointer: place.pointer, prefix: `${place.node}/`, nesting: task.nesting + 1, also: [], finish: (body) => (node.graph = body) });
    }
    const wires = readWires(rawWires, `${pointer}/wires`, prefix, nodes, registry, report);
    const io = withRenames(readInterface(task.raw.interface, `${pointer}/interface`, prefix, nodes, report), renames);
    const body: GraphBody = { nodes: [...nodes.values()], wires, interface: io };
    const comments = readComments(fields.list("comments"), `${pointer}/comments`, report);
    if (comments.length) body.comments = comments;
    fields.rest(["interface", ...task.also]);
    task.finish(body);
  }
  return result;
}

function withRenames(io: GraphInterface, renames: ReadonlyMap<string, ParamRenames>): GraphInterface {
  const inputs = io.inputs.map((entry) => (entry.param === undefined ? entry : { ...entry, param: renames.get(entry.node)?.(entry.param) ?? entry.param }));
  return { ...io, inputs };
}

function within(list: readonly Json[], counts: { nodes: number; wires: number }, what: "nodes" | "wires", limits: Limits, pointer: string, report: Report): readonly Json[] {
  const room = limits[what] - counts[what];
  counts[what] += Math.min(room, list.length);
  if (list.length <= room) return list;
  report.error("too-large", `The graph has more than ${limits[what]} ${what}; those beyond are left out.`, { pointer: `${pointer}/${what}` });
  return list.slice(0, room);
}

export function readComments(list: readonly Json[], pointer: string, report: Report): GraphComment[] {
  const comments = new Map<string, GraphComment>();
  for (const [i, raw] of list.entries()) {
    const at = pointerTo(pointer, i);
    if (!isObject(raw) || typeof raw.id !== "string" || typeof raw.text !== "string" || comments.has(raw.id)) {
      report.error("bad-comment", "A comment needs an “id” of its own and a “text”; it is left out.", { pointer: at });
      continue;
    }
    const fields = fieldsOf(raw, { pointer: at }, report);
    const comment: GraphComment = { id: raw.id, text: raw.text, position: fields.position("position") };
    const { size } = raw;
    if (isObject(size) && typeof size.width === "number" && typeof size.height === "number") comment.size = { width: size.width, height: size.height };
    const color = fields.text("color");
    if (color !== undefined) comment.color = color;
    if (raw.nodes !== undefined) comment.nodes = fields.list("nodes").filter((id): id is string => typeof id === "string");
    fields.rest(["id", "text", "size"]);
    comments.set(comment.id, comment);
  }
  return [...comments.values()];
}
