/** `patchbay check`: everything that is wrong with a graph, and the types on its wires, before anything runs. */
import { Command } from "commander";
import { collect } from "../input/pairs.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Surroundings } from "../program.ts";
import type { Diagnostic, PortType } from "@patchbay/graph-core";
import { countDiagnostics, diagnosticJson, formatDiagnostics } from "../report/diagnostics.ts";
import { diagnosticsOf } from "../report/failure.ts";
import { visible } from "../report/style.ts";
import { typeJson } from "../report/type-json.ts";
import type { Terminal } from "../terminal.ts";

interface CheckFlags {
  json?: boolean;
  allowRead?: readonly string[];
}

export const checkCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("check")
    .description("report every problem of a graph, without running it")
    .argument("<graph>", "the graph's JSON file")
    .option("--json", "print one JSON object { ok, diagnostics, types }")
    .option("--allow-read <dir>", "let the graph read this folder besides its own (repeatable)", collect)
    .action(async (graph: string, flags: CheckFlags) => exitWith(await check(graph, flags, terminal)));

async function check(file: string, flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  terminal.json = Boolean(flags.json);
  const { ok, diagnostics, types: wires } = await examine(file, flags);
  if (flags.json) {
    const types = Object.fromEntries([...wires].map(([key, type]) => [key, typeJson(type)]));
    terminal.print(JSON.stringify({ ok, diagnostics: diagnostics.map(diagnosticJson), types }));
  } else {
    if (diagnostics.length) terminal.print(formatDiagnostics(diagnostics, terminal.style));
    const verdict = ok ? terminal.style.green("ok") : terminal.style.red("invalid");
    terminal.print(`${verdict} ${visible(file)}: ${countDiagnostics(diagnostics)}`);
  }
  return ok ? EXIT.ok : EXIT.usage;
}

/** A file that holds no graph at all has diagnostics too. */
async function examine(file: string, flags: CheckFlags): Promise<{ ok: boolean; diagnostics: readonly Diagnostic[]; types: Iterable<readonly [string, PortType]> }> {
  const { openGraph } = await import("../graph/open-graph.ts");
  try {
    const { graph, ok } = await openGraph(file, { allowRead: flags.allowRead });
    return { ok, diagnostics: graph.diagnostics, types: graph.inference.types };
  } catch (error) {
    const diagnostics = diagnosticsOf(error);
    if (!diagnostics) throw error;
    return { ok: false, diagnostics, types: [] };
  }
}
