/** Writes a graph's ONNX file and says what is in it. */
import { exportOnnx } from "@patchbay/runtime";
import type { ExportFlags } from "../commands/export.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { openGraph, refuseUnknownNodes } from "../graph/open-graph.ts";
import { readSettings } from "../input/run-settings.ts";
import { requireWritable, writeWhole } from "../output/atomic-file.ts";
import { requireOther } from "../output/targets.ts";
import { columns, visible } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";
import { listenForInterrupt } from "./interrupt.ts";

export async function exportGraph(file: string, flags: ExportFlags, terminal: Terminal): Promise<ExitCode> {
  await requireWritable(flags.out, "--out");
  await requireOther(flags.out, file, "--out");
  const { graph } = await openGraph(file, { allowRead: flags.allowRead });
  refuseUnknownNodes(graph);
  const settings = await readSettings(graph, flags);
  const { signal, done } = listenForInterrupt(terminal, () => {});
  const { bytes, inputs, outputs, notes } = await exportOnnx(graph, { ...settings, ...(flags.seed === undefined ? {} : { seed: flags.seed }), signal });
  signal.throwIfAborted();
  await writeWhole(flags.out, bytes);
  done();
  if (flags.json) {
    terminal.print(JSON.stringify({ path: flags.out, bytes: bytes.length, inputs, outputs, notes }));
    return EXIT.ok;
  }
  const { style } = terminal;
  terminal.print(`${style.green("wrote")} ${visible(flags.out)} (${(bytes.length / 2 ** 20).toFixed(1)} MB)`);
  const list = (title: string, ports: typeof inputs) => [style.bold(title), ...columns(ports.map((p) => [`  ${visible(p.name)}`, `${p.dtype} [${p.shape}]`, visible(p.doc)]))];
  for (const line of [...list("inputs", inputs), ...list("outputs", outputs)]) terminal.print(line);
  for (const note of notes) terminal.print(visible(note));
  return EXIT.ok;
}
