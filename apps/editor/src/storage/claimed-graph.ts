/** A graph of storage as one tab has it: to edit where no other tab does, otherwise to look at. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { lockGraph, type GraphLock, type LockEvents } from "./graph-lock.ts";
import type { GraphStore, StoredEntry } from "./graph-store.ts";
import { entryOf, readStored, type FoundGraph } from "./stored-graph.ts";
import { readView } from "./stored-view.ts";

export interface ClaimedGraph {
  readonly id: string;
  readonly entry: StoredEntry;
  readonly text: string | null;
  readonly found: FoundGraph;
  readonly view: ReturnType<typeof readView>;
  readonly lock: GraphLock;
  /** Null: another tab edits it. */
  readonly claim: number | null;
  /** Whom the lock tells from now on; what it told before is told at once. */
  listen(events: LockEvents): void;
}

export async function claimGraph(store: GraphStore, registry: NodeRegistry<RunnableNode>, id: string): Promise<ClaimedGraph> {
  let events: LockEvents | null = null;
  let missed: keyof LockEvents | null = null;
  const tell = (event: keyof LockEvents): void => (events ? events[event]() : void (missed = event));
  const lock = lockGraph(id, { held: () => tell("held"), lost: () => tell("lost") });
  const claim = (await lock.first) ? await store.claim(id) : null;
  const [entry, text, view] = await Promise.all([store.entry(id), store.text(id), store.view(id)]);
  const found = readStored(text, registry);
  return {
    id, text, found, lock, claim,
    entry: entry ?? entryOf(found.document, registry, id),
    view: readView(view),
    listen(next) {
      events = next;
      if (missed) next[missed]();
      missed = null;
    },
  };
}
