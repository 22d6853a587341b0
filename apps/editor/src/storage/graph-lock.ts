/** Which tab edits a graph: a Web Lock for each graph, that the browser frees when the tab goes, however it goes. */

export interface GraphLock {
  /** Whether this tab held it as soon as it was asked for. */
  readonly first: Promise<boolean>;
  /** Takes it from the tab that has it. */
  steal(): void;
  /** Gives it back, or no longer waits for it. */
  release(): void;
}

export interface LockEvents {
  /** This tab has it now, later than at first. */
  held(): void;
  /** Another tab took it; this one waits for it again. */
  lost(): void;
}

/** A reloaded page may ask before its old self is quite gone. */
const PATIENCE_MS = 250;

const nameOf = (graph: string): string => `patchbay-graph-${graph}`;

/** Without Web Locks (pages that are not a secure context) every tab holds it; storage still lets only the last one write. */
export function lockGraph(graph: string, { held, lost }: LockEvents): GraphLock {
  const locks = globalThis.navigator?.locks;
  if (!locks) return { first: Promise.resolve(true), steal: held, release: () => {} };
  let ended = false;
  let decided = false;
  let free: (() => void) | null = null;
  let waiting: AbortController | null = null;
  let decide!: (isHeld: boolean) => void;
  const first = new Promise<boolean>((resolve) => {
    decide = (isHeld) => {
      if (!decided) resolve(isHeld);
      decided = true;
    };
  });

  const hold = (): Promise<void> | undefined => {
    if (ended) return undefined;
    waiting = null;
    return new Promise<void>((resolve) => {
      free = resolve;
      if (decided) held();
      else decide(true);
    });
  };
  const ask = (options: LockOptions): void => {
    locks.request(nameOf(graph), options, hold).catch((error: unknown) => {
      // A page that may not ask for locks edits without one.
      if ((error as { name?: unknown } | null)?.name !== "AbortError") return decide(true);
      // Aborted while it waited, or stolen while it was held.
      if (!free || ended) return;
      free = null;
      wait();
      lost();
    });
  };
  const wait = (): void => {
    waiting = new AbortController();
    ask({ signal: waiting.signal });
  };
  wait();
  setTimeout(() => decide(false), PATIENCE_MS);
  return {
    first,
    steal() {
      waiting?.abort();
      ask({ steal: true });
    },
    release() {
      ended = true;
      waiting?.abort();
      free?.();
    },
  };
}

/** Whether any tab holds it. */
export async function isLocked(graph: string): Promise<boolean> {
  const snapshot = await globalThis.navigator?.locks?.query();
  return snapshot?.held?.some((lock) => lock.name === nameOf(graph)) ?? false;
}
