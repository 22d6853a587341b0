/** Finds the optimisation or the training in a graph and how its node would minimise, without taking a step. */
import type { Backend } from "../backends/backend.ts";
import type { MinimiseOptions, TrainOptions } from "../node-api/node.ts";
import type { LossRegion } from "../optimize/loss-region.ts";
import type { Drawing } from "../train/drawing.ts";
import { execute } from "./execute.ts";
import type { LoadedGraph } from "./load-graph.ts";
import { makePlan } from "./plan.ts";
import type { Settled } from "./settle.ts";

export interface CapturedStep {
  region: LossRegion;
  options: MinimiseOptions;
  /** The name under which the picture leaves the graph. */
  image: string;
}

export interface CapturedTraining {
  drawing: Drawing;
  options: TrainOptions;
}

/** `null` when neither an optimiser nor a trainer is upstream of the outputs. Of several the first counts. */
export async function captureStep(graph: LoadedGraph, settled: Settled, backend: Backend, signal: AbortSignal | undefined): Promise<CapturedStep | CapturedTraining | null> {
  const whole = makePlan(settled.flat, settled.overrides, [...new Set(settled.outputs.map((o) => o.node))]);
  const optimiser = whole.order.find((id) => whole.regions.has(id));
  if (!optimiser) return null;
  let found: Omit<CapturedStep, "image"> | CapturedTraining | undefined;
  const plan = makePlan(settled.flat, settled.overrides, [optimiser]);
  await execute({
    ...settled,
    plan,
    targets: [optimiser],
    host: graph.host,
    backend,
    cache: graph.cache,
    onEvent: () => {},
    ...(signal ? { signal } : {}),
    intercept: (region, options) => {
      found = { region, options };
      throw new Error("captured"); // the node must not go on
    },
    interceptTraining: (drawing, options) => {
      found = { drawing, options };
      throw new Error("captured");
    },
  }).catch((error: unknown) => {
    if (!found) throw error;
  });
  if (!found) throw new Error(`the optimiser ${optimiser} did not minimise anything`);
  if ("drawing" in found) return found;
  const { flat } = settled;
  const image = settled.outputs.find((o) => o.node === optimiser || (flat.incoming.get(o.node) ?? []).some((w) => w.fromNode === optimiser && w.fromPort === "image"))?.name ?? "image";
  return { ...found, image };
}
