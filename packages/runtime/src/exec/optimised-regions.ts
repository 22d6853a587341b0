/** Tells a host which nodes an optimiser swallows, so that it can ask for their values apart from the optimisation. */
import type { LoadedGraph } from "./load-graph.ts";
import { applySettings } from "./overrides.ts";
import { makePlan, type Region } from "./plan.ts";

export type { Region, TrainingRegion } from "./plan.ts";

/** Of every optimiser of the graph whose loss comes from a variable. */
export function optimisedRegions({ inference: { flat } }: Pick<LoadedGraph, "inference">): readonly Region[] {
  const optimisers = flat.nodes.filter((node) => node.declaration?.role === "optimiser").map((node) => node.id);
  return optimisers.length ? [...makePlan(flat, applySettings(flat, {}), optimisers).regions.values()].filter((r) => "variable" in r) : [];
}
