/** Ctrl-C: the first one asks the run to stop and keep what it has, the second one leaves at once. */
import { EXIT } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

export interface Interrupt {
  signal: AbortSignal;
  /** From now on Ctrl-C acts as it does without us. */
  done(): void;
}

export function listenForInterrupt(terminal: Terminal, clear: () => void): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    clear();
    terminal.note("Stopping after this step … (Ctrl-C again leaves at once)");
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  return { signal: controller.signal, done: () => process.off("SIGINT", onSignal) };
}
