/** Edits in a few words, for the undo menu. */
import type { Change } from "./change.ts";

const plural = (n: number, one: string): string => (n === 1 ? one : `${n} ${one}s`);

const WORDS: { readonly [K in Change["kind"]]: (change: Extract<Change, { kind: K }>) => string } = {
  "add-node": (change) => `Add ${change.node.title ?? change.node.type}`,
  "remove-nodes": (change) => `Remove ${plural(change.ids.length, "node")}`,
  "move-nodes": () => "Move",
  "set-param": (change) => `Set ${change.param}`,
  "set-node": (change) => `Change ${Object.keys(change.fields).join(", ")}`,
  "rename-node": (change) => `Rename ${change.node}`,
  connect: () => "Connect",
  disconnect: () => "Disconnect",
  "set-interface": () => "Change the interface",
  "set-comment": () => "Comment",
  "remove-comment": () => "Remove a comment",
  "set-document": () => "Change the description",
  group: (change) => `Group ${plural(change.ids.length, "node")}`,
  ungroup: () => "Ungroup",
  insert: (change) => `Insert ${plural(change.body.nodes.length, "node")}`,
};

/** The first change names the entry: what follows in one gesture is its consequence. */
export function describeChanges(changes: readonly Change[]): string {
  const [first] = changes;
  return first ? (WORDS[first.kind] as (change: Change) => string)(first) : "Nothing";
}
