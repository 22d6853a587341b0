/** Writes a graph as text that changes in few lines when the graph changes a little. */
import type { GraphDocument, Json } from "../document/document.ts";

const WIDTH = 100;
const NUMBERS_PER_LINE = 8;

/** Keys in the order people look for them; all others follow by alphabet. */
const BODY_KEYS: readonly string[] = ["format", "version", "title", "description", "interface", "nodes", "wires", "comments"];
const PART_KEYS: readonly string[] = ["id", "text", "name", "node", "param", "port", "at", "doc", "inputs", "outputs", "from", "to", "x", "y", "width", "height"];
const NODE_KEYS: readonly string[] = ["id", "type", "version", "title", "comment", "position", "collapsed", "muted", "params", "graph"];
const rankOf = (order: readonly string[]): ReadonlyMap<string, number> => new Map(order.map((key, i) => [key, i]));
const RANKS: { readonly [W in Where]: ReadonlyMap<string, number> } = {
  document: rankOf(BODY_KEYS),
  body: rankOf(BODY_KEYS),
  node: rankOf(NODE_KEYS),
  nodes: new Map(),
  params: new Map(),
  other: rankOf(PART_KEYS),
};

/**
 * Canonical text: fixed key order, two spaces of indentation, wires and positions and short lists on one line, a newline at
 * the end. Throws on numbers that JSON cannot hold.
 */
export function serializeGraph(document: GraphDocument): string {
  return `${write(document as unknown as Json, "", "document")}\n`;
}

type Where = "document" | "nodes" | "node" | "body" | "params" | "other";

function write(value: Json, indent: string, where: Where): string {
  if (value === null || typeof value !== "object") return primitive(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const line = oneLine(list, indent, where);
    if (line !== null) return line;
    if (list.every((item) => typeof item === "number")) return `[\n${rows(list, inner)}\n${indent}]`;
    const itemsAre: Where = where === "nodes" ? "node" : where === "params" ? "params" : "other";
    return `[\n${list.map((item) => inner + write(item, inner, itemsAre)).join(",\n")}\n${indent}]`;
  }
  const object = value as { readonly [key: string]: Json | undefined };
  const line = where === "other" || where === "params" ? oneLine(object, indent, where) : null;
  if (line !== null) return line;
  const keys = sortedKeys(object, where);
  if (keys.length === 0) return "{}";
  return `{\n${keys.map((key) => `${inner}${JSON.stringify(key)}: ${write(object[key]!, inner, fieldIs(where, key))}`).join(",\n")}\n${indent}}`;
}

function fieldIs(where: Where, key: string): Where {
  if (where === "params") return "params";
  if (key === "nodes" && (where === "document" || where === "body")) return "nodes";
  if (where === "node" && key === "graph") return "body";
  return where === "node" && key === "params" ? "params" : "other";
}

function sortedKeys(object: { readonly [key: string]: Json | undefined }, where: Where): string[] {
  const rank = (key: string): number => RANKS[where].get(key) ?? Infinity;
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort((a, b) => (rank(a) === rank(b) ? (a < b ? -1 : 1) : rank(a) - rank(b)));
}

/** On one line if it is short and holds no objects: one object a line keeps diffs small. */
function oneLine(value: Json | { readonly [key: string]: Json | undefined }, indent: string, where: Where): string | null {
  const text = compact(value as Json, 2, WIDTH - indent.length, where);
  return text !== null && text.length + indent.length <= WIDTH ? text : null;
}

function compact(value: Json, levels: number, room: number, where: Where): string | null {
  if (value === null || typeof value !== "object") return primitive(value);
  if (levels === 0 || room < 0) return null;
  const isList = Array.isArray(value);
  const object = value as { readonly [key: string]: Json };
  const keys = isList ? Object.keys(value) : sortedKeys(object, where);
  if (keys.length * 2 > room) return null;
  const parts: string[] = [];
  for (const key of keys) {
    const item = object[key]!;
    if (item !== null && typeof item === "object" && !Array.isArray(item)) return null;
    const text = compact(item, levels - 1, room, where);
    if (text === null) return null;
    parts.push(isList ? text : `${JSON.stringify(key)}: ${text}`);
  }
  if (isList) return `[${parts.join(", ")}]`;
  return parts.length ? `{ ${parts.join(", ")} }` : "{}";
}

function rows(numbers: readonly Json[], indent: string): string {
  const lines: string[] = [];
  for (let i = 0; i < numbers.length; i += NUMBERS_PER_LINE) lines.push(indent + numbers.slice(i, i + NUMBERS_PER_LINE).map(primitive).join(", "));
  return lines.join(",\n");
}

function primitive(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`A graph cannot hold the number ${value}.`);
  return JSON.stringify(value);
}
