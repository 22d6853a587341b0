/** Applies edits to a document: a pure function from one document to the next. */
import { enablePatches, produceWithPatches, type Draft, type Patch } from "immer";
import type { NodeRegistry } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphDocument } from "../document/document.ts";
import type { Change } from "./change.ts";
import { bodiesAlong, refuse, type EditContext, type Refusal } from "./edit-context.ts";
import { addNode, insertBody, moveNodes, removeNodes, renameNode, setNode, setParam } from "./edit-nodes.ts";
import { connect, disconnect, removeComment, setComment, setDocument, setInterface } from "./edit-wires.ts";
import { followInterface, interfaceNames } from "./follow-interface.ts";
import { group } from "./group.ts";
import { ungroup } from "./ungroup.ts";

export interface ApplyOptions {
  /** Tells which ports take many wires. */
  registry?: NodeRegistry | undefined;
}

export interface Applied {
  document: GraphDocument;
  /** One for each change that could not be made; those are skipped, the others made. */
  diagnostics: Diagnostic[];
}

export interface Patched extends Applied {
  patches: Patch[];
  inverse: Patch[];
}

/** The document after the changes, in order. What did not change is the same object as before; the given document is left alone. */
export function applyChanges(document: GraphDocument, changes: readonly Change[], options: ApplyOptions = {}): Applied {
  const { document: next, diagnostics } = applyWithPatches(document, changes, options);
  return { document: next, diagnostics };
}

export function applyWithPatches(document: GraphDocument, changes: readonly Change[], options: ApplyOptions): Patched {
  enablePatches();
  const diagnostics: Diagnostic[] = [];
  const [next, patches, inverse] = produceWithPatches(document, (draft) => {
    for (const change of changes) {
      const refusal = applyOne(draft, change, options.registry);
      if (refusal) diagnostics.push({ ...refusal, severity: "error" });
    }
  });
  return { document: next, diagnostics, patches, inverse };
}

type Edits = { readonly [K in Change["kind"]]: (context: EditContext, change: Extract<Change, { kind: K }>) => Refusal | void };

const EDITS: Edits = {
  "add-node": addNode,
  "remove-nodes": removeNodes,
  "move-nodes": moveNodes,
  "set-param": setParam,
  "set-node": setNode,
  "rename-node": renameNode,
  connect,
  disconnect,
  "set-interface": setInterface,
  "set-comment": setComment,
  "remove-comment": removeComment,
  "set-document": setDocument,
  group,
  ungroup,
  insert: insertBody,
};

function applyOne(document: Draft<GraphDocument>, change: Change, registry: NodeRegistry | undefined): Refusal | void {
  const edit = Object.hasOwn(EDITS, change.kind) ? (EDITS[change.kind] as (context: EditContext, change: Change) => Refusal | void) : undefined;
  if (!edit) return refuse("unknown-change", `There is no edit of the kind “${String(change.kind)}”.`);
  const scope = change.scope ?? [];
  const bodies = bodiesAlong(document, scope);
  if (!bodies) return refuse("no-such-node", `There is no subgraph “${scope.join("/")}”.`, { node: scope.join("/") });
  const before = scope.length ? bodies.map(interfaceNames) : [];
  const refusal = edit({ document, body: bodies.at(-1)!, prefix: scope.map((id) => `${id}/`).join(""), registry }, change);
  if (!refusal && scope.length) followInterface(bodies, scope, before);
  return refusal;
}
