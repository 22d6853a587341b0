/**
 * The wires as React Flow is given them. Each new list costs it work for all of them, and what stands on wires it does not need to know:
 * they read that themselves. So a list with the same wires, differently described, reaches it once edits have paused.
 */
import { useEffect, useState } from "react";
import type { FlowWire } from "../flow/flow-types.ts";

const PAUSE = 150;

export function useSettledWires(wires: readonly FlowWire[]): readonly FlowWire[] {
  const [settled, setSettled] = useState(wires);
  const same = settled === wires || sameWires(settled, wires);
  if (!same) setSettled(wires);
  useEffect(() => {
    if (!same || settled === wires) return;
    const later = setTimeout(() => setSettled(wires), PAUSE);
    return () => clearTimeout(later);
  }, [settled, wires, same]);
  return same ? settled : wires;
}

/** Whether both lists have the same wires, and the same of them chosen. */
export const sameWires = (a: readonly FlowWire[], b: readonly FlowWire[]): boolean =>
  a.length === b.length && a.every((wire, i) => wire === b[i] || (wire.id === b[i]!.id && wire.selected === b[i]!.selected));
