/** Changes what a port reads without changing the order of the other wires into it: a port that takes many reads them in order. */
import type { Change, GraphBody, GraphWire } from "@patchbay/graph-core";

/** Takes off and puts back what stands from the first difference on. `sources`: outputs in the order in which the port shall read them. */
export function rewire(body: Pick<GraphBody, "wires">, to: string, sources: readonly string[]): Change[] {
  const before = body.wires.filter((wire) => wire.to === to).map((wire) => wire.from);
  const after = [...new Set(sources)];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const change = (kind: "connect" | "disconnect") => (from: string): Change => ({ kind, wire: { from, to } });
  return [...before.slice(same).map(change("disconnect")), ...after.slice(same).map(change("connect"))];
}

/** The wire's place is taken by others: none, one or several. */
export function replaceWire(body: Pick<GraphBody, "wires">, wire: GraphWire, sources: readonly string[]): Change[] {
  const before = body.wires.filter((other) => other.to === wire.to);
  return rewire(body, wire.to, before.flatMap((other) => (other.from === wire.from ? sources : [other.from])));
}
