/**
 * Tells what a host gives back from what it sets. Hosts keep what `onChange` gave and pass it in again, often some edits
 * late; that must not undo the edits since. A document of before that comes after it was given back once is meant: it is opened.
 */
export interface Acknowledged<T> {
  /** The editor gave this to its host. */
  gave(item: T): void;
  /** Whether this is on its way back; it, and all that was given before it, is then settled. */
  has(item: T): boolean;
  /** Does the work; what changes meanwhile is the host's own doing. */
  open(work: () => void): void;
  readonly opening: boolean;
}

/** A host that never gives anything back must not make the page hold every document there was. */
const MOST = 500;

export function createAcknowledged<T>(): Acknowledged<T> {
  let pending: T[] = [];
  let opening = false;
  return {
    gave(item) {
      pending.push(item);
      if (pending.length > MOST) pending = pending.slice(-MOST);
    },
    has(item) {
      const at = pending.indexOf(item);
      if (at < 0) return false;
      pending.splice(0, at + 1);
      return true;
    },
    open(work) {
      pending = [];
      opening = true;
      try {
        work();
      } finally {
        opening = false;
      }
    },
    get opening() {
      return opening;
    },
  };
}
