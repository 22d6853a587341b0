/** Runs a report as a command of its own: what a person can mend becomes a sentence and an exit code, anything else is thrown. */
import { GraphError } from "@patchbay/runtime";
import { CommandError, EXIT } from "../exit.ts";

/** `usage` follows the sentence about an option that does not exist. */
export async function runReport(main: () => Promise<void>, usage: string): Promise<void> {
  try {
    await main();
  } catch (error) {
    const wrongOption = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!(error instanceof CommandError || wrongOption || error instanceof GraphError)) throw error;
    process.stderr.write(`${wrongOption ? `${(error as Error).message}\n${usage}` : (error as Error).message}\n`);
    process.exitCode = error instanceof CommandError ? error.exitCode : wrongOption ? EXIT.usage : EXIT.failed;
  }
}
