/** Input ports that have no wire for a reason: the interface feeds them, or what is drawn to feed them brings nothing. */
import type { FlatGraph, Silence } from "../flat/flat-graph.ts";
import { splitEndpoint } from "../document/endpoint.ts";

export interface OpenPortsOfNode {
  /** Ports that the graph's interface feeds: a wire is not needed. */
  fed: Set<string>;
  /** Why the wire that is drawn to a port brings nothing. */
  silenced: Map<string, Silence>;
}

export type OpenPorts = ReadonlyMap<string, OpenPortsOfNode>;

export function openPorts(flat: FlatGraph): OpenPorts {
  const open = new Map<string, OpenPortsOfNode>();
  const of = (node: string): OpenPortsOfNode => {
    let ports = open.get(node);
    if (!ports) open.set(node, (ports = { fed: new Set(), silenced: new Map() }));
    return ports;
  };
  for (const input of flat.inputs) if (input.port !== undefined) of(input.node).fed.add(input.port);
  for (const [key, silence] of flat.silenced) {
    const { node, port } = splitEndpoint(key);
    of(node).silenced.set(port, silence);
  }
  return open;
}

export function sameOpenPorts(a: OpenPortsOfNode | undefined, b: OpenPortsOfNode | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.fed.size !== b.fed.size || a.silenced.size !== b.silenced.size) return false;
  return [...a.fed].every((port) => b.fed.has(port)) && [...a.silenced].every(([port, { by, reason }]) => b.silenced.get(port)?.by === by && b.silenced.get(port)?.reason === reason);
}
