/** The progress bar on stderr: one line that is drawn over itself, and only where somebody watches. */
import type { RunEvent } from "@patchbay/runtime";
import type { Terminal } from "../terminal.ts";
import { number } from "./value-text.ts";
import { visible } from "./style.ts";

export interface Progress {
  on(event: RunEvent): void;
  /** Takes the line away, before anything else is printed. */
  clear(): void;
}

const WIDTH = 24;
/** Milliseconds between two drawings. */
const PACE = 80;

export function createProgress(terminal: Terminal): Progress {
  if (!terminal.interactive) return { on: () => {}, clear: () => {} };
  let shown = false;
  let last = 0;
  let done = 0;
  let total = 0;
  const draw = (line: string, always: boolean): void => {
    const now = performance.now();
    if (!always && now - last < PACE) return;
    last = now;
    shown = true;
    terminal.draw(`\r\u001b[2K${line.slice(0, Math.max(20, terminal.columns() - 1))}`);
  };
  return {
    on(event) {
      if (event.type === "node") {
        if (event.state === "queued") total++;
        else if (event.state === "running") draw(`${bar(done, total)} ${done}/${total} ${visible(event.node)}`, false);
        else done++;
      } else if (event.type === "progress") {
        const left = event.secondsLeft === undefined ? "" : `, ${duration(event.secondsLeft)} left`;
        const what = [lossText(event.terms), event.note === undefined ? "" : visible(event.note)].filter(Boolean).join(", ");
        draw(`${bar(event.step, event.of)} ${event.step}/${event.of} ${visible(event.node)}${what ? `, ${what}` : ""}${left}`, event.step === event.of);
      }
    },
    clear() {
      if (shown) terminal.draw("\r\u001b[2K");
      shown = false;
    },
  };
}

function bar(done: number, of: number): string {
  const filled = of > 0 ? Math.round((Math.min(done, of) / of) * WIDTH) : 0;
  return `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}]`;
}

function lossText(terms: { readonly [name: string]: number } | undefined): string {
  const total = terms?.["total"] ?? Object.values(terms ?? {})[0];
  return total === undefined ? "" : `loss ${number(total)}`;
}

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} min`;
}
