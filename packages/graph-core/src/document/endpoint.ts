/** Names inside a document: node ids, and the ends of wires as `node.port`. */
import type { GraphDocument, GraphWire } from "./document.ts";

/** Letters, digits, `_` and `-`, starting with a letter or digit: no dots or slashes, which join ids to ports and paths. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
/** Names that mean something to a JavaScript object: never keys of ours. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export const isId = (text: unknown): text is string => typeof text === "string" && ID.test(text) && !RESERVED_NAMES.has(text);

export interface Endpoint {
  node: string;
  port: string;
}

/** A wire with its ends taken apart. */
export interface WireEnds {
  readonly wire: GraphWire;
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** `encoder.image` → `{ node: "encoder", port: "image" }`. */
export function splitEndpoint(text: string): Endpoint {
  const dot = text.indexOf(".");
  return dot < 0 ? { node: text, port: "" } : { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

export const wireEnds = (wire: GraphWire): WireEnds => ({ wire, from: splitEndpoint(wire.from), to: splitEndpoint(wire.to) });

/** A wire as diagnostics name it: `photo.image -> encoder.image`. */
export const wireText = (wire: GraphWire, prefix = ""): string => `${prefix}${wire.from} -> ${prefix}${wire.to}`;

/** The name itself, or the name with the smallest number that makes it new. */
export function uniqueName(name: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(name)) return name;
  const stem = name.replace(/-\d+$/, "");
  for (let i = 2; ; i++) if (!taken.has(`${stem}-${i}`)) return `${stem}-${i}`;
}

/** The newest version of the file format that this package reads and writes. */
export const FORMAT_VERSION = 1;

export const emptyGraph = (): GraphDocument => ({
  format: "patchbay-graph",
  version: FORMAT_VERSION,
  nodes: [],
  wires: [],
  interface: { inputs: [], outputs: [] },
});
