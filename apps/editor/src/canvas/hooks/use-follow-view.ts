/** Watches where the canvas looks: nodes near that are drawn whole, the others as boxes; far away there are no labels. */
import { useStoreApi, type Transform } from "@xyflow/react";
import { useLayoutEffect, type RefObject } from "react";
import type { CanvasParts } from "../canvas-context.ts";
import type { FlowNode } from "../flow/flow-types.ts";

/** Where text stops being legible; a graph of many nodes is then drawn as boxes. */
const FAR = 0.4;
const LABELS_FROM = 0.55;
/** Up to this many nodes a graph shows its pictures even from afar. */
const FEW = 150;
const TOO_FAR = 0.2;
/** Pixels of the screen around it in which nodes are drawn whole, and after how much movement that is looked at again. */
const MARGIN = 200;
const MOVED = 100;

const NONE: ReadonlySet<string> = new Set();

export function useFollowView(area: RefObject<HTMLElement | null>, { detail, flow }: Pick<CanvasParts, "detail" | "flow">): void {
  const store = useStoreApi();
  useLayoutEffect(() => {
    let last: Transform | null = null;
    let seen: { transform: Transform; width: number; height: number; nodes: readonly FlowNode[] } | null = null;

    const choose = (): void => {
      const { transform, width, height } = store.getState();
      const { nodes } = flow.store.getState();
      const [x, y, zoom] = transform;
      if (zoom < (nodes.length > FEW ? FAR : TOO_FAR)) {
        seen = null;
        if (detail.getState().full.size) detail.setState({ full: NONE });
        return;
      }
      if (seen && seen.nodes === nodes && seen.width === width && seen.height === height && Math.abs(seen.transform[2] / zoom - 1) < 0.1 && Math.hypot(seen.transform[0] - x, seen.transform[1] - y) < MOVED) return;
      seen = { transform, width, height, nodes };
      const before = detail.getState().full;
      const full = new Set<string>();
      for (const node of nodes) {
        // What is whole already stays so a little longer: nothing flickers at the border.
        const margin = before.has(node.id) ? MARGIN + MOVED : MARGIN;
        const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
        if (left < width + margin && top < height + margin && left + (node.measured?.width ?? 0) * zoom > -margin && top + (node.measured?.height ?? 0) * zoom > -margin) full.add(node.id);
      }
      if (full.size !== before.size || [...full].some((id) => !before.has(id))) detail.setState({ full });
    };
    const look = (): void => {
      const { transform } = store.getState();
      if (!area.current) return;
      if (transform[2] !== last?.[2]) {
        const { dataset } = area.current;
        const [labels, far] = [transform[2] < LABELS_FROM ? "off" : "on", transform[2] < FAR ? "yes" : "no"];
        if (dataset["labels"] !== labels) dataset["labels"] = labels;
        if (dataset["far"] !== far) dataset["far"] = far;
      }
      last = transform;
      choose();
    };
    look();
    const ends = [store.subscribe(look), flow.store.subscribe(choose)];
    return () => ends.forEach((end) => end());
  }, [store, area, detail, flow]);
}
