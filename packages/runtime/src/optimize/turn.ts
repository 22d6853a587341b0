/** Gives the event loop a turn now and then, so that engines that compute on this thread let signals and redraws through. */

/** Milliseconds between two turns. */
const EVERY = 30;

/** At once where there is something for it (Node); a timer, which browsers delay, only where there is not. */
const turn = (): Promise<void> => new Promise((resolve) => void (typeof setImmediate === "function" ? setImmediate(resolve) : setTimeout(resolve)));

/** Call it between pieces of work; it waits only when the last turn is long ago. */
export function createTurns(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < EVERY) return;
    await turn();
    last = performance.now();
  };
}
