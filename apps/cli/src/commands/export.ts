/** `patchbay export`: writes a graph as one ONNX file of standard operators. */
import { Command, Option } from "commander";
import { collect, collectPair, wholeNumber, type Pair } from "../input/pairs.ts";
import type { Surroundings } from "../program.ts";

export interface ExportFlags {
  out: string;
  input?: readonly Pair[];
  set?: readonly Pair[];
  seed?: number;
  json?: boolean;
  allowRead?: readonly string[];
}

export const exportCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("export")
    .description("write the compiled graph as one ONNX file; of a graph that paints or trains, the whole step")
    .argument("<graph>", "the graph's JSON file")
    .addOption(new Option("-o, --out <file>", "the ONNX file to write").makeOptionMandatory())
    .option("--input <name=value>", "set an input of the graph; what is set so becomes part of the file (repeatable)", collectPair("--input", "NAME=PATH or NAME=VALUE"))
    .option("--set <node.param=value>", "set any parameter of a node (repeatable)", collectPair("--set", "NODE.PARAM=VALUE"))
    .option("--seed <n>", "set every parameter named seed", wholeNumber("--seed", 0, 2147483647))
    .option("--json", "print one JSON object { path, bytes, inputs, outputs, notes }")
    .option("--allow-read <dir>", "let the graph read this folder besides its own (repeatable)", collect)
    .action(async (graph: string, flags: ExportFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../run/export-graph.ts")).exportGraph(graph, flags, terminal));
    });
