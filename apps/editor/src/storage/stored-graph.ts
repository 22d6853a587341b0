/** A graph as it is found in storage: opened whole, opened with what is wrong said, or left alone because this program cannot read it. */
import { emptyGraph, hasErrors, parseGraph, type GraphDocument, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { drawGraph } from "./graph-drawing.ts";
import type { StoredEntry } from "./graph-store.ts";

export interface FoundGraph {
  readonly document: GraphDocument;
  /** Why it cannot be opened: it is shown empty, and never written to. */
  readonly unreadable?: string;
  /** What was left out, as full sentences; `found` is the text with all of it. */
  readonly losses?: readonly string[];
}

export function readStored(text: string | null, registry: NodeRegistry<RunnableNode>): FoundGraph {
  if (text === null) return { document: emptyGraph(), unreadable: "Nothing is stored of this graph but its name." };
  const { document, diagnostics } = parseGraph(text, { registry });
  const errors = diagnostics.filter((d) => d.severity === "error").map((d) => d.message);
  if (!document) return { document: emptyGraph(), unreadable: errors[0] ?? "The stored graph cannot be read." };
  return hasErrors(diagnostics) ? { document, losses: errors } : { document };
}

export const titleOf = (document: Pick<GraphDocument, "title">): string => document.title?.trim() || "Untitled graph";

/** Fit for addresses and names of locks. */
export const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => (byte % 36).toString(36)).join("");

export function entryOf(document: GraphDocument, registry: NodeRegistry<RunnableNode>, id = newId()): StoredEntry {
  const now = Date.now();
  const drawing = drawGraph(document, registry);
  return { id, title: titleOf(document), created: now, changed: now, opened: now, nodes: document.nodes.length, revision: 0, ...(drawing ? { drawing } : {}) };
}

/** “Faces”, “Faces copy”, “Faces copy 2”. */
export function copyTitle(title: string, taken: ReadonlySet<string>): string {
  const stem = title.replace(/ copy( \d+)?$/, "");
  for (let i = 1; ; i++) {
    const candidate = `${stem} copy${i === 1 ? "" : ` ${i}`}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The stored text under another title; as it is where it is no graph. */
export function retitled(text: string, title: string): string {
  try {
    const document = JSON.parse(text) as unknown;
    if (typeof document === "object" && document !== null && !Array.isArray(document)) return JSON.stringify({ ...document, title });
  } catch {
    // Not JSON; it keeps what it has.
  }
  return text;
}
