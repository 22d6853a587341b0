/** The command on a pseudo-terminal, with somebody who types: the progress bar is only drawn there. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { BIN } from "./patchbay.ts";

export const CTRL_C = "\u0003";
/** Whether there is such a terminal here. */
export const hasTerminal = process.platform === "linux" && existsSync("/usr/bin/script");

/** `watch` sees all that was written so far and may type. */
export function onTerminal(args: readonly string[], options: { cwd: string; env?: { [name: string]: string }; watch?: (screen: string, type: (keys: string) => void) => void }): Promise<{ code: number | null; screen: string }> {
  const { NO_COLOR: _n, CI: _c, ...rest } = process.env;
  const command = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("/usr/bin/script", ["-qefc", command, "/dev/null"], { cwd: options.cwd, env: { ...rest, TERM: "xterm", ...options.env } });
  let screen = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    options.watch?.(screen, (keys) => child.stdin.write(keys));
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, screen })));
}
