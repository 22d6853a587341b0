/** All test cases below a folder, and what became of them. */
import { BACKEND_IDS, NoBackend } from "@patchbay/runtime";
import { resolveBackend } from "@patchbay/runtime/backends";
import { EXIT, failed, type ExitCode } from "../exit.ts";
import { backendId } from "../graph/backends.ts";
import type { ConformanceFlags } from "../commands/conformance.ts";
import { visible } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";
import { findCases } from "./find-cases.ts";
import { runCase } from "./run-case.ts";

interface Told {
  readonly case: string;
  readonly reason: string;
}

/** Prints what passed, what was refused with its reason and what came out wrong, which alone makes it fail. */
export async function runCases(folder: string, flags: ConformanceFlags, terminal: Terminal): Promise<ExitCode> {
  const id = backendId(flags.backend);
  const cases = await findCases(folder);
  const { backend } = await resolveBackend(id).catch((error: unknown) => {
    throw error instanceof NoBackend ? failed(`${error.message} There are ${BACKEND_IDS.join(", ")}.`) : error;
  });
  const passed: string[] = [];
  const refused: Told[] = [];
  const wrong: Told[] = [];
  for (const [i, c] of cases.entries()) {
    if (terminal.interactive) terminal.draw(`\r${i + 1}/${cases.length}`);
    const outcome = await runCase(c, backend);
    if (outcome.kind === "passed") passed.push(c.name);
    else (outcome.kind === "refused" ? refused : wrong).push({ case: c.name, reason: outcome.reason });
  }
  if (terminal.interactive) terminal.draw("\r");
  if (flags.json) terminal.print(JSON.stringify({ backend: backend.id, passed, refused, wrong }));
  else tell(terminal, cases.length, passed.length, refused, wrong);
  return wrong.length ? EXIT.failed : EXIT.ok;
}

function tell(terminal: Terminal, all: number, passed: number, refused: readonly Told[], wrong: readonly Told[]): void {
  const { style } = terminal;
  for (const { case: name, reason } of refused) terminal.print(`${style.yellow("refused")}  ${visible(name)}: ${visible(reason)}`);
  for (const { case: name, reason } of wrong) terminal.print(`${style.red("wrong")}    ${visible(name)}: ${visible(reason)}`);
  terminal.print(`${all} cases: ${style.green(`${passed} passed`)}, ${refused.length} refused, ${wrong.length} wrong.`);
}
