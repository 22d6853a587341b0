/** Exit codes, and the error by which a command ends with one sentence. */

export const EXIT = {
  ok: 0,
  /** The graph is valid and the run failed: a damaged picture, no engine, no room on the disk. */
  failed: 1,
  /** The command line or the graph is wrong: nothing was run. */
  usage: 2,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake or failure that is fully told by its sentence. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = exitCode;
  }
}

/** The command line is wrong. */
export const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);
/** The work could not be done. */
export const failed = (message: string, cause?: unknown): CommandError => new CommandError(EXIT.failed, message, { cause });
