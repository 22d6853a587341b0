/** For the end of a wire: which node types have a port that fits, and by which port they would be connected. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { bestInput, bestOutput } from "./edits/port-fit.ts";
import type { PaletteRequest } from "./ui-state.ts";

export { fitOf, whyNot } from "./edits/port-fit.ts";

export interface NodeFit {
  readonly declaration: RunnableNode;
  /** The port that the wire would end at. */
  readonly port: string;
  /** 1 because it takes anything, up to 4 for the very same kind and meaning. */
  readonly fit: number;
}

/** Closest first; of equal ones in the registry's order. */
export function fittingNodes(registry: Pick<NodeRegistry<RunnableNode>, "declarations">, wire: NonNullable<PaletteRequest["wire"]>): readonly NodeFit[] {
  const fits = registry.declarations.flatMap((declaration): NodeFit[] => {
    const found = wire.side === "output" ? bestInput(declaration.inputs, wire.type) : bestOutput(declaration.outputs, wire.type);
    return found ? [{ declaration, port: found.port.name, fit: found.fit }] : [];
  });
  return fits.sort((a, b) => b.fit - a.fit);
}
