/** What the library lists for a query: everything in groups, or what was found, best first. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";

export interface LibraryEntry {
  readonly node: RunnableNode;
  /** The word by which it was found, where its title does not hold it. */
  readonly because?: string;
}

export interface LibraryGroup {
  readonly title: string;
  readonly entries: readonly LibraryEntry[];
}

export function libraryGroups(registry: NodeRegistry<RunnableNode>): readonly LibraryGroup[] {
  const groups = new Map<string, LibraryEntry[]>();
  for (const node of registry.declarations) {
    const list = groups.get(node.group);
    if (list) list.push({ node });
    else groups.set(node.group, [{ node }]);
  }
  return [...groups].map(([title, entries]) => ({ title, entries }));
}
