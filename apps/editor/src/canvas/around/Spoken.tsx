/** Tells screen readers what has just happened on the canvas. */
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useCanvas } from "../canvas-context.ts";

export function Spoken(): ReactNode {
  const { text, count } = useStore(useCanvas().spoken);
  // A sentence that is said twice has to differ for the page.
  return <div className="pb-visually-hidden" role="status" aria-live="polite">{text + (count % 2 ? "\u00a0" : "")}</div>;
}
