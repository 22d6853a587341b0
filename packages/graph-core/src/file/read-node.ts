/** Reads one node of a file. What is inside its graph is left to the caller, so that nesting needs no recursion. */
import type { GraphBody, GraphNode, Json } from "../document/document.ts";
import { isId } from "../document/endpoint.ts";
import { fieldsOf, isObject } from "./read-fields.ts";
import { pointerTo, quote, type Report } from "./report.ts";

export interface ReadNode {
  node: GraphNode;
  /** The raw inside of a Subgraph node, to be read into `node.graph`. */
  inside?: Json;
}

/** `null` when nothing of it can be kept: no usable id or type. */
export function readNode(raw: Json, pointer: string, prefix: string, report: Report): ReadNode | null {
  if (!isObject(raw)) {
    report.error("wrong-field", `A node must be an object, not ${quote(raw)}.`, { pointer });
    return null;
  }
  if (!isId(raw.id)) {
    const message = `${raw.id === undefined ? "A node has no id" : `${quote(raw.id)} cannot be a node's id`}: an id has letters, digits, “_” and “-”, starts with a letter or digit, and has at most 128 characters.`;
    report.error("bad-id", message, { pointer: pointerTo(pointer, "id") });
    return null;
  }
  const place = { pointer, node: prefix + raw.id };
  if (typeof raw.type !== "string" || raw.type === "" || raw.type.length > 128) {
    report.error("bad-type", `The node “${raw.id}” has no type; it is left out.`, { ...place, pointer: pointerTo(pointer, "type") });
    return null;
  }
  const fields = fieldsOf(raw, place, report);
  const node: GraphNode = { id: raw.id, type: raw.type, version: readVersion(raw.version, place, report), params: {}, position: fields.position("position") };
  if (isObject(raw.params)) node.params = raw.params;
  else if (raw.params !== undefined) report.error("wrong-field", `“params” must be an object, not ${quote(raw.params)}.`, { ...place, pointer: pointerTo(pointer, "params") });
  for (const key of ["title", "comment"] as const) {
    const text = fields.text(key);
    if (text !== undefined) node[key] = text;
  }
  for (const key of ["collapsed", "muted"] as const) {
    const flag = fields.flag(key);
    if (flag !== undefined) node[key] = flag;
  }
  fields.rest(["id", "type", "version", "params", "graph"]);
  return raw.graph === undefined ? { node } : { node, inside: raw.graph };
}

function readVersion(value: Json | undefined, place: { pointer: string; node: string }, report: Report): number {
  if (Number.isInteger(value) && (value as number) >= 1) return value as number;
  const at = { ...place, pointer: pointerTo(place.pointer, "version") };
  if (value === undefined) report.warning("missing-version", "The node does not say which version its parameters are for; 1 is assumed.", at);
  else report.error("wrong-field", `“version” must be a whole number from 1, not ${quote(value)}.`, at);
  return 1;
}

export const emptyBody = (): GraphBody => ({ nodes: [], wires: [], interface: { inputs: [], outputs: [] } });
