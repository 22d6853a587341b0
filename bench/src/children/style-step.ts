/** Child process: one style transfer through the public `run`, its pace, its last loss and its peak memory. */
import { loadGraph, run } from "@patchbay/runtime";
import { nodes } from "@patchbay/nodes";
import { answer, childSettings } from "../child.ts";
import { median } from "../rounds.ts";
import { styleGraph, type StyleGraph } from "../style-graph.ts";

export interface StyleStepSettings extends StyleGraph {
  contentFile: string;
  styleFile: string;
  threads: number;
}

export interface StyleStepResult {
  /** Median without the first three steps. */
  secondsPerStep: number;
  /** The total loss that the last step started from. */
  lastLoss: number;
  /** Peak resident memory of this process. */
  peakKB: number;
  backend: string;
}

const settings = childSettings<StyleStepSettings>();
const graph = await loadGraph(styleGraph(settings), { nodes });
const marks: number[] = [];
let lastLoss = NaN;
const result = await run(graph, {
  inputs: { content: settings.contentFile, style: settings.styleFile },
  threads: settings.threads,
  onProgress(event) {
    if (event.type !== "progress" || !event.terms) return;
    marks.push(performance.now());
    lastLoss = event.terms["total"] ?? NaN;
  },
});
// Between two marks lies one step; the first mark ends the first step.
const steps = marks.slice(1).map((mark, i) => mark - marks[i]!);
answer({ secondsPerStep: median(steps.slice(2)) / 1000, lastLoss, peakKB: process.resourceUsage().maxRSS, backend: result.backend.id } satisfies StyleStepResult);
await graph.dispose();
