/** One run from the command line: settings in, outputs saved and told, and the exit code that says how it went. */
import { run, type RunResult } from "@patchbay/runtime";
import type { RunFlags } from "../commands/run.ts";
import { EXIT, usage, type ExitCode } from "../exit.ts";
import { backendId } from "../graph/backends.ts";
import { openGraph, refuseUnknownNodes } from "../graph/open-graph.ts";
import { readSettings } from "../input/run-settings.ts";
import { requireWritable, writeWhole } from "../output/atomic-file.ts";
import { saveValue } from "../output/save-value.ts";
import { readTargets, requireOther } from "../output/targets.ts";
import { diagnosticJson, formatDiagnostics } from "../report/diagnostics.ts";
import { diagnosticsOf, withExitCode } from "../report/failure.ts";
import { createProgress } from "../report/progress.ts";
import { visible } from "../report/style.ts";
import { valueJson } from "../report/value-json.ts";
import { formatOutput } from "../report/value-text.ts";
import type { Terminal } from "../terminal.ts";
import { openCheckpoint, readStates } from "./checkpoint.ts";
import { listenForInterrupt } from "./interrupt.ts";

export async function runGraph(file: string, flags: RunFlags, terminal: Terminal): Promise<ExitCode> {
  const backend = backendId(flags.backend);
  const { graph } = await openGraph(file, { allowRead: flags.allowRead });
  refuseUnknownNodes(graph);
  const settings = await readSettings(graph, flags);
  const targets = await readTargets(graph, flags.output, file);
  if (flags.manifest !== undefined) {
    await requireWritable(flags.manifest, "--manifest");
    await requireOther(flags.manifest, file, "--manifest");
  }
  const checkpoint = flags.checkpoint === undefined ? undefined : await openCheckpoint(flags.checkpoint, file, terminal);
  const resume = flags.resume === undefined ? undefined : await readStates(flags.resume, graph);
  if (!graph.inference.flat.outputs.length && !graph.diagnostics.length) throw usage(`${file} names no outputs in its interface, so there is nothing to compute.`);

  const progress = createProgress(terminal);
  const interrupt = listenForInterrupt(terminal, progress.clear);
  let started = false;
  let result: RunResult;
  try {
    result = await run(graph, {
      ...settings,
      ...(backend === undefined ? {} : { backend }),
      ...(flags.threads === undefined ? {} : { threads: flags.threads }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(resume ? { resume } : {}),
      ...(checkpoint ? { onCheckpoint: (node, state) => checkpoint.add(node, state) } : {}),
      signal: interrupt.signal,
      onProgress(event) {
        started ||= event.type === "node";
        progress.on(event);
      },
    });
  } catch (error) {
    // A valid graph whose node could not do its work is a failed run; before that it is the graph, or what was set on it.
    throw diagnosticsOf(error) && started ? withExitCode(error, EXIT.failed) : error;
  } finally {
    progress.clear();
  }
  const remarks = [...result.warnings, ...result.notices];
  if (remarks.length) terminal.note(formatDiagnostics(remarks, terminal.noteStyle));

  const outputs = Object.entries(result.outputs);
  for (const [name, value] of outputs) if (targets.has(name)) await saveValue(value, targets.get(name)!, graph.host);
  if (flags.manifest !== undefined) await writeWhole(flags.manifest, `${JSON.stringify(result.manifest, null, 2)}\n`);
  await checkpoint?.finish(result.states);
  interrupt.done();

  if (flags.json) {
    const { backend: engine, timings, interrupted, notices } = result;
    const told = Object.fromEntries(outputs.map(([name, value]) => [name, valueJson(value, targets.get(name))]));
    terminal.print(JSON.stringify({ outputs: told, backend: engine, timings, ...(interrupted.length ? { interrupted } : {}), ...(notices.length ? { notices: notices.map(diagnosticJson) } : {}) }));
  } else for (const [name, value] of outputs) terminal.print(formatOutput(name, value, terminal.style, targets.get(name)));
  for (const stopped of result.interrupted) {
    const trained = graph.inference.flat.byId.get(stopped.node)?.declaration?.role === "trainer";
    const kinds = trained ? ["network"] : ["image", "tensor"];
    terminal.note(interruptedText(stopped, trained ? "network" : "picture", outputs.some(([name, value]) => targets.has(name) && kinds.includes(value.kind))));
  }
  return interrupt.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

const interruptedText = ({ node, step, of }: RunResult["interrupted"][number], what: string, saved: boolean): string =>
  `Interrupted: ${visible(node)} stopped at step ${step} of ${of}; the best ${what} so far is ${saved ? "saved" : "not saved, because no --output names a file for it"}.`;
