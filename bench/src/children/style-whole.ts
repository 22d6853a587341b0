/** Child process: one whole style transfer, the time it takes, the loss of its picture at full size, and its peak memory. */
import { loadGraph, run, RunCache, type TensorValue } from "@patchbay/runtime";
import { nodes } from "@patchbay/nodes";
import { answer, childSettings } from "../child.ts";
import { styleGraph, type StyleGraph } from "../style-graph.ts";

export interface StyleWholeSettings extends StyleGraph {
  contentFile: string;
  styleFile: string;
  threads: number;
  /** Of the optimiser, beside its steps. */
  paint: { readonly [param: string]: number };
  /** Whether the picture's loss is measured: at full size without jitter, the same for every way of painting. */
  measured: boolean;
}

export interface StyleWholeResult {
  /** From the start of the run to its picture, compiling included. */
  seconds: number;
  loss: number | null;
  /** Peak resident memory of this process while it painted. */
  peakKB: number;
}

const settings = childSettings<StyleWholeSettings>();
const graph = await loadGraph(styleGraph(settings), { nodes });
const inputs = { content: settings.contentFile, style: settings.styleFile };
const began = performance.now();
const { outputs } = await run(graph, {
  inputs, outputs: ["image"], threads: settings.threads, cache: new RunCache(),
  params: Object.fromEntries(Object.entries(settings.paint).map(([name, value]) => [`optimizer.${name}`, value])),
});
const seconds = (performance.now() - began) / 1000;
const peakKB = process.resourceUsage().maxRSS;
let loss: number | null = null;
if (settings.measured) {
  const image = outputs["image"]!;
  const measured = await run(graph, { inputs, outputs: ["total.total"], threads: settings.threads, cache: new RunCache(), ports: { "generatedFeatures.image": image, "variation.image": image } });
  loss = (measured.outputs["total.total"] as TensorValue).data[0]!;
}
answer({ seconds, loss, peakKB } satisfies StyleWholeResult);
await graph.dispose();
