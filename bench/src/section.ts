/** What a section of the bench is given and gives back. */
import type { Options } from "./options.ts";
import type { PyTorch } from "./python.ts";
import type { Row } from "./row.ts";

export interface Context extends Options {
  torch: PyTorch | undefined;
  /** An empty folder that is removed at the end. */
  scratch: string;
  /** Tells a person what goes on. */
  say(text: string): void;
}

export type Section = (context: Context) => Promise<Row[]>;

export const NO_TORCH = "PyTorch not found";
