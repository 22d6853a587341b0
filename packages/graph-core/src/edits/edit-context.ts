/** What every edit works on: the graph it happens in, as an immer draft, and the graphs around that. */
import { current, isDraft, type Draft } from "immer";
import type { NodeRegistry } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphBody, GraphDocument, GraphNode } from "../document/document.ts";
import type { Scope } from "./change.ts";

export type BodyDraft = Draft<GraphBody>;
export type NodeDraft = Draft<GraphNode>;

export interface EditContext {
  document: Draft<GraphDocument>;
  body: BodyDraft;
  /** `outer/` for edits inside the subgraph node `outer`, to name nodes in diagnostics. */
  prefix: string;
  registry: NodeRegistry | undefined;
}

/** Why an edit was not made; the document is as it was. */
export type Refusal = Omit<Diagnostic, "severity">;

export const refuse = (code: string, message: string, place: Partial<Diagnostic> = {}): Refusal => ({ code, message, ...place });

/** A draft as plain data, to be searched without making a draft of every part that is looked at. */
export const plain = <T>(draft: T): T => (isDraft(draft) ? (current as (value: T) => T)(draft) : draft);

export function findNode(body: BodyDraft, id: string): NodeDraft | undefined {
  const index = plain(body.nodes).findIndex((node) => node.id === id);
  return index < 0 ? undefined : body.nodes[index];
}

export const noSuchNode = (context: EditContext, id: string): Refusal => refuse("no-such-node", `There is no node “${id}” here.`, { node: context.prefix + id });

/** The graphs from the top to the one at `scope`, or `null` where the path leads nowhere. */
export function bodiesAlong(document: Draft<GraphDocument>, scope: Scope): BodyDraft[] | null {
  const bodies: BodyDraft[] = [document];
  for (const id of scope) {
    const inside = findNode(bodies.at(-1)!, id)?.graph;
    if (!inside) return null;
    bodies.push(inside);
  }
  return bodies;
}

/** Sets a field, or removes it when it says no more than its absence would. */
export function setOrDelete<T extends object, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value === undefined || value === false || value === "") delete target[key];
  else target[key] = value;
}
