/** `patchbay edit`: opens the editor in the browser, with a graph file that it saves back to. */
import { Command } from "commander";
import { wholeNumber } from "../input/pairs.ts";
import type { Surroundings } from "../program.ts";

export interface EditFlags {
  port?: number;
  /** False: `--no-open`. */
  open?: boolean;
}

export const editCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("edit")
    .description("open the editor in the browser; with a graph, edit that file")
    .argument("[graph]", "the graph's JSON file; made on the first save where there is none")
    .option("--port <n>", "serve on this port; by default 4173 or the next that is free, 0 for any", wholeNumber("--port", 0, 65535))
    .option("--no-open", "print the address and open no browser")
    .action(async (graph: string | undefined, flags: EditFlags) => exitWith(await (await import("../serve/edit.ts")).edit(graph, flags, terminal)));
