/** Where the command starts: reads the command line, runs one command, and turns what happened into an exit code. */
import { CommanderError } from "commander";
import { createProgram } from "./program.ts";
import { reportFailure } from "./report/failure.ts";
import { createTerminal } from "./terminal.ts";
import { EXIT } from "./exit.ts";

/** Runs `patchbay` with these arguments and sets the process's exit code. Never rejects. */
export async function main(argv: readonly string[]): Promise<void> {
  const terminal = createTerminal(process);
  // An engine may fail outside of any promise of ours: still a sentence, never a stack trace.
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      const code = reportFailure(error, terminal);
      void terminal.flush().finally(() => process.exit(code));
    });
  }
  try {
    const outcome = { code: EXIT.ok as number };
    await createProgram(terminal, (code) => (outcome.code = code)).parseAsync(argv, { from: "user" });
    process.exitCode = outcome.code;
  } catch (error) {
    // Commander has already printed its own sentence.
    process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? EXIT.ok : EXIT.usage) : reportFailure(error, terminal);
  }
  // Engines keep threads alive; what was written must still reach a slow pipe.
  await terminal.flush();
  if (terminal.lost) process.exitCode = EXIT.failed;
  process.exit();
}
