/** What arrives at ports of one graph, in order: its wires, and among them what its own interface brings from further out. */
import type { GraphBody, GraphWire, InterfaceInput } from "../document/document.ts";

export type Arriving = { wire: GraphWire; entry?: undefined } | { entry: InterfaceInput; wire?: undefined };

/** By `node.port`, for the ports that `wanted` picks. The order is that of flattening: entries stand before the wire at their `at`. */
export function arrivalSequence(body: Pick<GraphBody, "wires" | "interface">, wanted: (end: string) => boolean): Map<string, Arriving[]> {
  const wires = new Map<string, GraphWire[]>();
  const entries = new Map<string, InterfaceInput[]>();
  const ends: string[] = [];
  const put = <T>(table: Map<string, T[]>, end: string, value: T): void => {
    if (!wires.has(end) && !entries.has(end)) ends.push(end);
    const list = table.get(end);
    if (list) list.push(value);
    else table.set(end, [value]);
  };
  for (const wire of body.wires) if (wanted(wire.to)) put(wires, wire.to, wire);
  for (const entry of body.interface.inputs) {
    const end = `${entry.node}.${entry.port}`;
    if (entry.port !== undefined && wanted(end)) put(entries, end, entry);
  }
  return new Map(ends.map((end) => [end, merge(wires.get(end) ?? [], entries.get(end) ?? [])]));
}

function merge(wires: readonly GraphWire[], entries: readonly InterfaceInput[]): Arriving[] {
  const sorted = [...entries].sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0);
  const merged: Arriving[] = [];
  let used = 0;
  for (const entry of sorted) {
    const at = Math.min(entry.at ?? wires.length, wires.length);
    while (used < at) merged.push({ wire: wires[used++]! });
    merged.push({ entry });
  }
  while (used < wires.length) merged.push({ wire: wires[used++]! });
  return merged;
}
