/** Where a command writes: results to stdout, everything else to stderr, with colours only where somebody sees them. */
import { reasonOf } from "./output/atomic-file.ts";
import { createStyle, type Style } from "./report/style.ts";

export interface Terminal {
  /** A line of the result. */
  print(text: string): void;
  /** A line for the person, beside the result. */
  note(text: string): void;
  /** Raw text on stderr, for the progress bar. */
  draw(text: string): void;
  /** Colours of stdout and of stderr. */
  style: Style;
  noteStyle: Style;
  /** stderr is a terminal: a progress bar may be drawn. */
  interactive: boolean;
  /** Columns of stderr. */
  columns(): number;
  /** stdout is for one JSON object and nothing else, also when the command fails. */
  json: boolean;
  /** PATCHBAY_DEBUG asks for stack traces. */
  debug: boolean;
  /** Some of the result could not be written, as on a full disk; a sentence has said so. */
  readonly lost: boolean;
  /** Resolves when all that was printed has been handed over. Never rejects. */
  flush(): Promise<void>;
}

interface Surroundings {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
}

export function createTerminal({ stdout, stderr, env }: Surroundings): Terminal {
  let lost = false;
  const failed = (stream: NodeJS.WriteStream, error: unknown): void => {
    // A reader such as `head` may close the pipe: that is no error of ours. When stderr fails there is nobody left to tell.
    if (stream !== stdout || lost || (error as NodeJS.ErrnoException).code === "EPIPE") return;
    lost = true;
    write(stderr, `error: The result could not be written to stdout: ${reasonOf(error)}.\n`);
  };
  /** Streams to files throw where they stand, streams to pipes tell later. */
  const write = (stream: NodeJS.WriteStream, text: string, done?: () => void): void => {
    try {
      stream.write(text, done && (() => done()));
    } catch (error) {
      failed(stream, error);
      done?.();
    }
  };
  for (const stream of [stdout, stderr]) stream.on("error", (error) => failed(stream, error));
  return {
    print: (text) => write(stdout, `${text}\n`),
    note: (text) => write(stderr, `${text}\n`),
    draw: (text) => write(stderr, text),
    get lost() {
      return lost;
    },
    style: createStyle(wantsColour(stdout, env)),
    noteStyle: createStyle(wantsColour(stderr, env)),
    interactive: Boolean(stderr.isTTY) && env["TERM"] !== "dumb" && !env["CI"],
    columns: () => stderr.columns || 80,
    json: false,
    debug: Boolean(env["PATCHBAY_DEBUG"]),
    flush: async () => {
      await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => (stream.destroyed || stream.writableEnded ? done() : write(stream, "", done)))));
    },
  };
}

/** https://no-color.org: any value that is not empty turns colours off, whatever else is said. */
function wantsColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return Boolean(stream.isTTY) && env["TERM"] !== "dumb";
}
