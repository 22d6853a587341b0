/** How many steps random, semi-hard and hard triplets take to a given error on people never seen: the drawing of examples/learn-encoder.json, trained from nothing. */
import { loadGraph, run, type LoadedGraph, type SeriesValue } from "@patchbay/runtime";

export const MODES = ["random", "semi-hard", "hard"] as const;
export type Mode = (typeof MODES)[number];

export interface EncoderRun {
  readonly mode: Mode;
  readonly seed: number;
  /** Validations: after which step, and the equal error rate there. */
  readonly steps: readonly number[];
  readonly eer: readonly number[];
  /** The first validated step with the target's error or less; null where none was reached. */
  readonly reached: number | null;
  readonly seconds: number;
}

export interface EncoderReport {
  readonly target: number;
  readonly most: number;
  /** Equal error rates of the encoders before their first step, by seed. */
  readonly untrained: readonly number[];
  readonly runs: readonly EncoderRun[];
  /** Steps to the target, the median over the seeds; null where most runs did not reach it. */
  readonly median: { readonly [M in Mode]: number | null };
}

export interface EncoderOptions {
  readonly seeds: readonly number[];
  /** Equal error rate at which a run ends. */
  readonly target: number;
  /** The most steps of a run. */
  readonly most: number;
  /** Of the drawing, set for all runs. */
  readonly params?: { readonly [nodeAndParam: string]: number };
  progress(line: string): void;
}

const GRAPH = "examples/learn-encoder.json";
const EVERY = 25;

/** Every seed invents other people, other start values and other batches; the modes share all of them. */
export async function reportEncoder({ seeds, target, most, params = {}, progress }: EncoderOptions): Promise<EncoderReport> {
  const graph = await loadGraph(GRAPH);
  try {
    const untrained: number[] = [];
    const runs: EncoderRun[] = [];
    for (const seed of seeds) {
      // A step of no length: what the start values make of people never seen.
      untrained.push((await curve(graph, seed, { ...params, "trainer.steps": 1, "trainer.learningRate": 1e-8, "trainer.validateEvery": 1 }, 0)).eer[0]!);
      for (const mode of MODES) {
        const began = performance.now();
        const { steps, eer } = await curve(graph, seed, { ...params, "trainer.steps": most, "trainer.validateEvery": EVERY, "mining.mode": mode }, target);
        const at = eer.findIndex((e) => e <= target);
        runs.push({ mode, seed, steps, eer, reached: at < 0 ? null : steps[at]!, seconds: (performance.now() - began) / 1000 });
        progress(`seed ${seed}, ${mode}: ${at < 0 ? `not in ${most} steps` : `${steps[at]} steps`}`);
      }
    }
    return { target, most, untrained, runs, median: Object.fromEntries(MODES.map((mode) => [mode, median(runs.filter((r) => r.mode === mode).map((r) => r.reached))])) as EncoderReport["median"] };
  } finally {
    await graph.dispose();
  }
}

/** Stops at the first validation that reaches the target. */
async function curve(graph: LoadedGraph, seed: number, params: { readonly [name: string]: number | string }, target: number): Promise<{ steps: readonly number[]; eer: readonly number[] }> {
  const enough = new AbortController();
  const { outputs } = await run(graph, {
    outputs: ["validation"], seed, params, signal: enough.signal,
    onProgress: (event) => {
      if (event.type === "progress" && event.terms?.["EER"] !== undefined && event.terms["EER"] <= target) enough.abort();
    },
  });
  const { x, curves } = outputs["validation"] as SeriesValue;
  return { steps: x.values, eer: curves.find((c) => c.name === "EER")!.values };
}

/** Of runs that did not reach it, the steps count as more than any. */
function median(values: readonly (number | null)[]): number | null {
  const sorted = [...values].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return sorted[(sorted.length - 1) >> 1] ?? null;
}
