/** Watches the zoom: when it crosses a limit, and only then, nodes are told; labels are hidden by the style sheet alone. */
import { useStoreApi } from "@xyflow/react";
import { useLayoutEffect, type RefObject } from "react";
import type { CanvasParts } from "../canvas-context.ts";

const BOXES_BELOW = 0.4;
const LABELS_FROM = 0.55;

export function useFollowZoom(area: RefObject<HTMLElement | null>, detail: CanvasParts["detail"]): void {
  const store = useStoreApi();
  useLayoutEffect(() => {
    let last = -1;
    const follow = (): void => {
      const zoom = store.getState().transform[2];
      if (zoom === last || !area.current) return;
      last = zoom;
      const next = zoom < BOXES_BELOW ? "boxes" : "full";
      const labels = zoom < LABELS_FROM ? "off" : "on";
      const { dataset } = area.current;
      if (dataset["labels"] !== labels) dataset["labels"] = labels;
      if (dataset["detail"] !== next) dataset["detail"] = next;
      if (detail.getState().detail !== next) detail.setState({ detail: next });
    };
    follow();
    return store.subscribe(follow);
  }, [store, area, detail]);
}
