/** `npm run bench`: measures Patchbay against its peers on this machine and prints one table. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describeMachine, formatMachine } from "./machine.ts";
import { readOptions, USAGE, type Options } from "./options.ts";
import { findPyTorch } from "./python.ts";
import { isMet, ratioOf, type Row } from "./row.ts";
import type { Section } from "./section.ts";
import { encode } from "./sections/encode.ts";
import { firstResult } from "./sections/first-result.ts";
import { inference } from "./sections/inference.ts";
import { large } from "./sections/large.ts";
import { memory } from "./sections/memory.ts";
import { recognise } from "./sections/recognise.ts";
import { style, vgg } from "./sections/style.ts";
import { training } from "./sections/training.ts";
import { formatTable } from "./table.ts";

const SECTIONS: { readonly [name: string]: Section } = { style, vgg, training, encode, recognise, inference, "first-result": firstResult, memory, large };

async function main(options: Options): Promise<void> {
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const torch = await findPyTorch();
  const machine = describeMachine(options.threads, torch);
  if (!options.json) console.log(`${formatMachine(machine)}\n`);
  if (machine.load > 1.5) say("Other programs are busy on this machine: these figures will be noisy, and worst for the peer whose threads wait for each other.");
  const scratch = await mkdtemp(path.join(tmpdir(), "patchbay-bench-"));
  const rows: Row[] = [];
  try {
    for (const [name, section] of Object.entries(SECTIONS)) {
      if (options.only.length && !options.only.includes(name)) continue;
      try {
        rows.push(...(await section({ ...options, torch, scratch, say })));
      } catch (error) {
        // What the other sections measured in ten minutes is not thrown away.
        say(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(options.json ? JSON.stringify({ machine, quick: options.quick, rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), met: isMet(row) })) }, null, 2) : formatTable(rows));
}

let options: Options | null | undefined;
try {
  options = readOptions(process.argv.slice(2), Object.keys(SECTIONS));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
if (options === null) console.log(USAGE);
else if (options) await main(options);
