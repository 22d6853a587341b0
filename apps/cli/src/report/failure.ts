/** The last word of a command that could not do its work: sentences, never a stack trace. */
import { CommandError, EXIT, type ExitCode } from "../exit.ts";
import type { Terminal } from "../terminal.ts";
import { diagnosticJson, formatDiagnostics } from "./diagnostics.ts";
import { visible } from "./style.ts";
import type { Diagnostic } from "@patchbay/graph-core";

/** Prints why, and gives the exit code. Errors are known by name: importing their classes would load every engine. */
export function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  const code = sentence(error, terminal);
  if (terminal.json) {
    const diagnostics = diagnosticsOf(error);
    const message = error instanceof Error ? error.message : String(error);
    terminal.print(JSON.stringify({ ok: false, error: message, ...(diagnostics ? { diagnostics: diagnostics.map(diagnosticJson) } : {}) }));
  }
  if (terminal.debug && error instanceof Error) terminal.note(causes(error));
  return code;
}

function sentence(error: unknown, terminal: Terminal): ExitCode {
  const say = (text: string) => terminal.note(`${terminal.noteStyle.red("error:")} ${visible(text)}`);
  if (error instanceof CommandError) {
    say(error.message);
    return error.exitCode;
  }
  const diagnostics = diagnosticsOf(error);
  if (diagnostics) {
    terminal.note(formatDiagnostics(diagnostics, terminal.noteStyle));
    return exitCodeOf(error) ?? EXIT.usage;
  }
  if (error instanceof Error && (error.name === "NodeFailure" || error.name === "NoBackend")) {
    say(error.message);
    return EXIT.failed;
  }
  if (isAbort(error)) {
    terminal.note("Interrupted.");
    return EXIT.interrupted;
  }
  const first = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
  say(`Something went wrong inside patchbay: ${first.slice(0, 300)}`);
  if (!terminal.debug) terminal.note("Set PATCHBAY_DEBUG=1 for details.");
  return EXIT.failed;
}

/** The diagnostics of a GraphError. */
export const diagnosticsOf = (error: unknown): readonly Diagnostic[] | undefined =>
  error instanceof Error && error.name === "GraphError" ? (error as Error & { diagnostics: readonly Diagnostic[] }).diagnostics : undefined;

export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** A command may say which code an error stands for, by wrapping it in `withExitCode`. */
const codes = new WeakMap<object, ExitCode>();
export function withExitCode<E>(error: E, code: ExitCode): E {
  if (typeof error === "object" && error !== null) codes.set(error, code);
  return error;
}
const exitCodeOf = (error: unknown): ExitCode | undefined => (typeof error === "object" && error !== null ? codes.get(error) : undefined);

function causes(error: Error): string {
  const parts = [error.stack ?? error.message];
  for (let cause = error.cause; cause instanceof Error && parts.length < 8; cause = cause.cause) parts.push(`caused by ${cause.stack ?? cause.message}`);
  return parts.join("\n");
}
