/** What arrives at the ports of a node: values from other nodes over wires, or values that the caller fed. */
import type { FlatGraph, InputPort } from "@patchbay/graph-core";
import type { RunnableNode } from "../node-api/node.ts";
import type { RuntimeValue } from "../node-api/values.ts";
import type { Overrides } from "./overrides.ts";

export interface Arrival {
  port: InputPort;
  /** `node.port` of the source, or of the port itself where the caller fed it: names the value. */
  key: string;
  /** Absent where the caller fed the port. */
  from?: { node: string; port: string };
  given?: RuntimeValue;
}

/** In the order of the node's ports, and of the wires of one port. What the caller feeds replaces the wires. */
export function arrivalsAt(flat: FlatGraph<RunnableNode>, overrides: Overrides, id: string): Arrival[] {
  const found: Arrival[] = [];
  for (const port of flat.byId.get(id)!.declaration!.inputs) {
    const given = overrides.ports.get(`${id}.${port.name}`);
    if (given) found.push({ port, key: `${id}.${port.name}`, given });
    else for (const w of flat.incoming.get(id) ?? []) if (w.toPort === port.name) found.push({ port, key: w.fromKey, from: { node: w.fromNode, port: w.fromPort } });
  }
  return found;
}
