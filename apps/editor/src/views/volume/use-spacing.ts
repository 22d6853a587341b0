/** How far voxels lie apart, where the node that gives a volume says it in its table. */
import { useMemo } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import type { Place } from "./planes.ts";

const CUBES: Place = [1, 1, 1];

/** Along depth, height and width; cubes where nothing is said. */
export function useSpacing(node: string): Place {
  const value = useEditorState((s) => s.run.values.get(`${node}.table`)?.value);
  return useMemo(() => {
    if (value?.kind !== "table") return CUBES;
    const told = value.rows.find(([name]) => String(name).startsWith("spacing"))?.[1];
    const numbers = String(told ?? "").split("×").map((part) => parseFloat(part));
    return numbers.length === 3 && numbers.every((n) => n > 0) ? (numbers as unknown as Place) : CUBES;
  }, [value]);
}
