/** `patchbay conformance`: runs a folder of ONNX operator test cases through the importer. */
import { Command } from "commander";
import type { Surroundings } from "../program.ts";

export interface ConformanceFlags {
  backend?: string;
  json?: boolean;
}

export const conformanceCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("conformance")
    .description("run a folder of ONNX test cases (model.onnx with test_data_set_*) as networks of the IR")
    .argument("<folder>", "the folder that holds the cases, at any depth")
    .option("--backend <id>", "the engine to run on, one of those that `patchbay devices` lists")
    .option("--json", "print one JSON object { passed, refused: [{ case, reason }], wrong: [{ case, reason }] }")
    .action(async (folder: string, flags: ConformanceFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../conformance/run-cases.ts")).runCases(folder, flags, terminal));
    });
