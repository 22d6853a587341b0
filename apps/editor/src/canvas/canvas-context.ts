/** What the parts of one canvas share beside the editor: what is drawn, the wire being made, how much detail there is room for. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Connection } from "./connect/connection.ts";
import type { Flow } from "./flow/create-flow.ts";

/** Decided for the whole canvas: which nodes are near enough to be drawn with all that is in them; the others are simple boxes. */
export interface DetailState {
  /** Keys of flow nodes. */
  readonly full: ReadonlySet<string>;
  /** Key of the node that the focus is inside of: drawn whole wherever it is, so that a view that moves takes nothing away under somebody's hands. */
  readonly entered: string | null;
}

export interface CanvasParts {
  readonly flow: Flow;
  readonly connection: Connection;
  readonly detail: StoreApi<DetailState>;
  /** What a drag on empty canvas does. */
  readonly dragMode: StoreApi<{ readonly drag: "pan" | "select" }>;
  /** Key of the wire that a dragged node would be put on. */
  readonly dropWire: StoreApi<{ readonly key: string | null }>;
  /** What screen readers are told; repeated sentences are told again. */
  readonly spoken: StoreApi<{ readonly text: string; readonly count: number }>;
}

export const CanvasContext = createContext<CanvasParts | null>(null);

export function useCanvas(): CanvasParts {
  const parts = useContext(CanvasContext);
  if (!parts) throw new Error("This component is used outside the canvas.");
  return parts;
}

/** Whether a node is drawn with all that is in it. */
export const useFull = (id: string): boolean => useStore(useCanvas().detail, (s) => s.full.has(id));

/** Whether the focus is inside of a node, or is about to be: this is not put off. */
export const useEntered = (id: string): boolean => useStore(useCanvas().detail, (s) => s.entered === id);

export const createSpoken = (): { spoken: CanvasParts["spoken"]; announce: (text: string) => void } => {
  const spoken = createStore<{ text: string; count: number }>(() => ({ text: "", count: 0 }));
  return { spoken, announce: (text) => spoken.setState((s) => ({ text, count: s.count + 1 })) };
};
