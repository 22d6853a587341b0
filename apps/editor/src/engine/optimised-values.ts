/** The nodes between a variable and its loss have no values of their own while it is optimised; afterwards they have those of the picture that came out. */
import type { LoadedGraph, Region, RuntimeValue } from "@patchbay/runtime";
import type { KeptValues } from "./kept-values.ts";

/** Nodes of regions whose values can be computed now, each once. */
export function regionTargets(regions: readonly Region[], failed: ReadonlySet<string>): string[] {
  return [...new Set(regions.filter((r) => !failed.has(r.optimiser)).flatMap((r) => r.nodes))];
}

/** By `node.port`: the painted picture for every port that reads a variable. */
export function fedPictures(graph: LoadedGraph, regions: readonly Region[], kept: KeptValues): { [port: string]: RuntimeValue } {
  const { flat } = graph.inference;
  const fed: { [port: string]: RuntimeValue } = {};
  for (const region of regions) {
    const picture = paintedPicture(graph, region, kept);
    if (!picture) continue;
    for (const wire of flat.wires) {
      if (wire.fromNode !== region.variable) continue;
      const port = flat.byId.get(wire.toNode)?.declaration?.inputs.find((p) => p.name === wire.toPort);
      // Several wires into one port would all be replaced by the one picture.
      if (port && !port.multiple) fed[wire.toKey] ??= picture;
    }
  }
  return fed;
}

/** What the optimiser gave last, the value of its first output, if it is of the size that the variable has now. */
export function paintedPicture(graph: LoadedGraph, region: Region, kept: KeptValues): RuntimeValue | undefined {
  const { flat, types } = graph.inference;
  const first = (id: string): string => `${id}.${flat.byId.get(id)!.declaration!.outputs[0]!.name}`;
  const picture = kept.get(first(region.optimiser));
  const type = types.get(first(region.variable));
  return picture?.kind === "tensor" && type?.kind === "tensor" && type.shape?.join() === picture.shape.join() ? picture : undefined;
}
