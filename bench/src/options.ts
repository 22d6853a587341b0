/** The bench's command line. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface Options {
  /** Sections to run, by name; empty: all. */
  only: readonly string[];
  json: boolean;
  /** Fewer rounds and steps: to see that everything works, not for figures to quote. */
  quick: boolean;
  /** Of our engine and of every peer that lets itself be told. */
  threads: number;
}

export const USAGE = `npm run bench -- [--only NAME]… [--quick] [--threads N] [--json]

Measures Patchbay against named peers in the same run and prints one table. Sections: style, vgg, training, encode,
recognise, inference, first-result, memory, large. PyTorch is a peer where PATCHBAY_PYTHON, /usr/bin/python3 or python3 can import torch and PIL.`;

/** @throws Error with a sentence for arguments that it does not know; `null` asks for help. */
export function readOptions(args: readonly string[], sections: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      threads: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  const only = values.only.flatMap((names) => names.split(",")).filter(Boolean);
  for (const name of only) if (!sections.includes(name)) throw new Error(`There is no section “${name}”; there are ${sections.join(", ")}.`);
  const threads = values.threads === undefined ? availableParallelism() : Number(values.threads);
  if (!Number.isInteger(threads) || threads < 1) throw new Error(`--threads takes a whole number from 1; “${values.threads}” is none.`);
  return { only, json: values.json, quick: values.quick, threads };
}
