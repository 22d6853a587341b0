/** Whether what comes out of one port may go into another, and the best ports of a node for it. */
import { alternatives, assignable, substitute, type Dim, type InputPort, type OutputPort, type PortType } from "@patchbay/graph-core";

type Types = PortType | readonly PortType[];

const NONE: ReadonlyMap<string, Dim> = new Map();

/** Letters in a type that only a declaration gives stand for lengths that nobody knows yet. */
const opened = (type: PortType): PortType => substitute(type, NONE, "a");

/** How well it fits: 0 not at all, 1 because anything does, 2 after a conversion, 3 as the same kind, 4 as the same meaning too. */
export function fitOf(from: Types, to: Types): number {
  let best = 0;
  for (const source of alternatives(from))
    for (const target of alternatives(to)) {
      if (source.kind === "any" || target.kind === "any") best = Math.max(best, 1);
      else if (assignable(opened(source), target).ok) best = Math.max(best, source.kind !== target.kind ? 2 : source.kind !== "tensor" || target.kind !== "tensor" || source.meaning === target.meaning ? 4 : 3);
    }
  return best;
}

/** Null where it fits; otherwise a sentence that names both sides. */
export function whyNot(from: Types, to: Types): string | null {
  let reason: string | null = null;
  for (const source of alternatives(from))
    for (const target of alternatives(to)) {
      const answer = assignable(opened(source), target);
      if (answer.ok) return null;
      // The first alternative is the one that a declaration means most.
      reason ??= answer.reason;
    }
  return reason;
}

export interface PortFit<P extends InputPort | OutputPort> {
  readonly port: P;
  readonly fit: number;
}

/** The input that takes it best; of equal ones a needed one before an optional one, then the first. */
export function bestInput(inputs: readonly InputPort[], from: Types): PortFit<InputPort> | null {
  return best(inputs.map((port) => ({ port, fit: fitOf(from, port.type) })), (port) => (port.optional ? 0 : 0.5));
}

/** The output that suits best where this is taken; of equal ones the first. */
export function bestOutput(outputs: readonly OutputPort[], to: Types): PortFit<OutputPort> | null {
  return best(outputs.map((port) => ({ port, fit: fitOf(port.type, to) })), () => 0);
}

function best<P extends InputPort | OutputPort>(fits: readonly PortFit<P>[], extra: (port: P) => number): PortFit<P> | null {
  let found: PortFit<P> | null = null;
  const score = ({ port, fit }: PortFit<P>): number => fit + extra(port);
  for (const candidate of fits) if (candidate.fit > 0 && (!found || score(candidate) > score(found))) found = candidate;
  return found;
}
