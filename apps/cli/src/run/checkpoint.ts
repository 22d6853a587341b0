/** `--checkpoint` and `--resume`: what an optimiser needs to go on, in a file that is always whole. */
import { readFile } from "node:fs/promises";
import { decodeStates, encodeStates, NodeFailure, type LoadedGraph, type OptimiserState, type States } from "@patchbay/runtime";
import { usage } from "../exit.ts";
import { requireWritable, writeWhole } from "../output/atomic-file.ts";
import { requireOther } from "../output/targets.ts";
import { visible } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";

/** Milliseconds between two files: a large picture's state takes a while to write. */
const PACE = 5000;

export interface Checkpoint {
  /** Keeps the newest state of a node, and writes it when it is time. */
  add(node: string, state: OptimiserState): void;
  /** Writes the last states and waits until they are there. */
  finish(states: States): Promise<void>;
}

export async function openCheckpoint(file: string, graphFile: string, terminal: Terminal): Promise<Checkpoint> {
  await requireWritable(file, "--checkpoint");
  await requireOther(file, graphFile, "--checkpoint");
  let states: States = {};
  let writing: Promise<void> | undefined;
  let last = performance.now();
  let told = false;
  return {
    add(node, state) {
      states = { ...states, [node]: state };
      if (writing || performance.now() - last < PACE) return;
      writing = writeWhole(file, encodeStates(states))
        // A full disk now must not end what may still end well: the last one is written, or fails, at the end.
        .catch((error: unknown) => {
          if (!told) terminal.note(`${error instanceof Error ? error.message : String(error)} The run goes on.`);
          told = true;
        })
        .finally(() => {
          last = performance.now();
          writing = undefined;
        });
    },
    async finish(final) {
      await writing;
      states = { ...states, ...final };
      if (Object.keys(states).length) await writeWhole(file, encodeStates(states));
      else terminal.note(`Nothing was written to ${visible(file)}: no optimiser ran.`);
    },
  };
}

/** Throws a usage error for a file that is none of this graph's. */
export async function readStates(file: string, graph: LoadedGraph): Promise<States> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw usage(`--resume: ${file} cannot be read${(error as NodeJS.ErrnoException).code === "ENOENT" ? ": there is no such file" : ""}.`);
  });
  let states: States;
  try {
    states = decodeStates(bytes);
  } catch (error) {
    if (error instanceof NodeFailure) throw usage(`--resume ${file}: ${error.message}`);
    throw error;
  }
  for (const node of Object.keys(states)) {
    const role = graph.inference.flat.byId.get(node)?.declaration?.role;
    if (role !== "optimiser" && role !== "trainer") throw usage(`--resume ${file}: it goes on with the node "${node}", and this graph has no optimiser of that name.`);
  }
  return states;
}
