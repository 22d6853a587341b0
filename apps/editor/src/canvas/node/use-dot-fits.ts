/** Whether the wire being drawn may end at a node of one port a side. */
import { useStore } from "zustand";
import { useCanvas } from "../canvas-context.ts";

export function useDotFits(id: string): "yes" | "no" | undefined {
  return useStore(useCanvas().connection.store, (s) => {
    const fits = s.drawing?.fits.get(id);
    return fits && ([...fits.values()].some((fit) => fit.ok) ? "yes" : "no");
  });
}
