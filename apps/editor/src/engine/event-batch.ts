/** Gathers what a run reports and posts it a few dozen times a second, but always before a long computation begins. */
import type { PostedEvent } from "./protocol.ts";

/** Milliseconds. */
const EVERY = 20;

export interface EventBatch {
  add(event: PostedEvent): void;
  /** Posts what is there. */
  flush(): void;
}

export function createEventBatch(post: (events: readonly PostedEvent[], transfer: Transferable[]) => void): EventBatch {
  let waiting: PostedEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    if (!waiting.length) return;
    const events = waiting;
    waiting = [];
    post(events, previews(events));
  };
  return {
    flush,
    add(event) {
      waiting.push(event);
      // A kernel that starts now may hold the thread for seconds: no timer would run.
      const isUrgent = (event.type === "node" && event.state === "running") || (event.type === "progress" && event.preview !== undefined) || event.type === "checkpoint";
      if (isUrgent || performance.now() - last >= EVERY) flush();
      else timer ??= setTimeout(flush, EVERY);
    },
  };
}

/** Previews are made for this one message, so their memory goes with it. */
const previews = (events: readonly PostedEvent[]): Transferable[] => events.flatMap((e) => (e.type === "progress" && e.preview ? [e.preview.data.buffer as ArrayBuffer] : []));
