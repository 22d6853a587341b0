/** `patchbay run`: computes a graph's outputs. */
import { Command } from "commander";
import { collect, collectPair, wholeNumber, type Pair } from "../input/pairs.ts";
import type { Surroundings } from "../program.ts";

export interface RunFlags {
  input?: readonly Pair[];
  set?: readonly Pair[];
  output?: readonly Pair[];
  backend?: string;
  threads?: number;
  seed?: number;
  json?: boolean;
  manifest?: string;
  checkpoint?: string;
  resume?: string;
  allowRead?: readonly string[];
}

export const runCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("run")
    .description("run a graph and print or save its outputs")
    .argument("<graph>", "the graph's JSON file")
    .option("--input <name=value>", "set an input of the graph: a file's path or a value, as the input asks for (repeatable)", collectPair("--input", "NAME=PATH or NAME=VALUE"))
    .option("--set <node.param=value>", "set any parameter of a node; of an inner node as outer/inner.param (repeatable)", collectPair("--set", "NODE.PARAM=VALUE"))
    .option("--output <name=path>", "save an output: pictures as .png, .jpg or .webp, tables and curves as .json or .csv, networks as .onnx, their weights as .safetensors, everything else as .json (repeatable)", collectPair("--output", "NAME=PATH"))
    .option("--backend <id>", "the engine to run on, one of those that `patchbay devices` lists; no other stands in for it")
    .option("--seed <n>", "set every parameter named seed", wholeNumber("--seed", 0, 2147483647))
    .option("--json", "print one JSON object { outputs, backend, timings, notices } and nothing else")
    .option("--manifest <file>", "save what is needed to repeat the run: hashes, seeds, versions, timings")
    .option("--checkpoint <file>", "save what an optimiser or a trainer needs to go on: while it runs, when it is interrupted, and at its end")
    .option("--resume <file>", "go on from such a file")
    .option("--allow-read <dir>", "let the graph read this folder besides its own (repeatable)", collect)
    .option("--threads <n>", "processor threads to compute with", wholeNumber("--threads", 1, 1024))
    .action(async (graph: string, flags: RunFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../run/run-graph.ts")).runGraph(graph, flags, terminal));
    });
