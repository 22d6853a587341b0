/** Keeps the node that the focus is inside of drawn whole: a field that is typed in, or a port, stays where it is when the view moves away from it. */
import { useEffect, type RefObject } from "react";
import type { CanvasParts } from "../canvas-context.ts";

export function useEnteredNode(area: RefObject<HTMLElement | null>, detail: CanvasParts["detail"]): void {
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    const say = (entered: string | null): void => {
      if (detail.getState().entered !== entered) detail.setState({ entered });
    };
    const come = ({ target }: FocusEvent): void => {
      const node = (target as Element).closest<HTMLElement>("[data-node]");
      say(node && node !== target ? node.dataset["node"]! : null);
    };
    const go = ({ target, relatedTarget }: FocusEvent): void => {
      // A window that is left keeps its focus for later; what goes elsewhere in the canvas says so itself.
      if (root.ownerDocument.activeElement !== target && !root.contains(relatedTarget as Node | null)) say(null);
    };
    root.addEventListener("focusin", come);
    root.addEventListener("focusout", go);
    return () => {
      root.removeEventListener("focusin", come);
      root.removeEventListener("focusout", go);
    };
  }, [area, detail]);
}
