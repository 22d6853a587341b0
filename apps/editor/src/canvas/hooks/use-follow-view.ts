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
/** Milliseconds between looks while the view moves, and after which it is at rest. */
const PAUSE = 90;
const REST = 350;

const NONE: ReadonlySet<string> = new Set();

export function useFollowView(area: RefObject<HTMLElement | null>, { detail, flow }: Pick<CanvasParts, "detail" | "flow">): void {
  const store = useStoreApi();
  useLayoutEffect(() => {
    let last: Transform | null = null;
    let later = 0;
    let chosen = 0;
    let seen: { transform: Transform; width: number; height: number; nodes: readonly FlowNode[] } | null = null;

    const choose = (): void => {
      const { transform, width, height } = store.getState();
      const { nodes } = flow.store.getState();
      const [x, y, zoom] = transform;
      if (zoom < (nodes.length > FEW ? FAR : TOO_FAR)) {
        seen = null;
        clearTimeout(later);
        if (detail.getState().full.size) detail.setState({ full: NONE });
        return;
      }
      const moved = !seen || seen.width !== width || seen.height !== height || Math.abs(seen.transform[2] / zoom - 1) >= 0.1 || Math.hypot(seen.transform[0] - x, seen.transform[1] - y) >= MOVED;
      if (!moved && seen?.nodes === nodes) return;
      clearTimeout(later);
      later = setTimeout(settle, REST) as unknown as number;
      // While things move, a few times a second is enough.
      if (seen && performance.now() - chosen < PAUSE) return;
      seen = { transform, width, height, nodes };
      show(near(transform, width, height, nodes, MARGIN, detail.getState().full));
    };
    /** The view has come to rest: what is far by now becomes a box again. */
    const settle = (): void => {
      const { transform, width, height } = store.getState();
      const { nodes } = flow.store.getState();
      if (transform[2] < (nodes.length > FEW ? FAR : TOO_FAR)) return;
      seen = { transform, width, height, nodes };
      show(near(transform, width, height, nodes, MARGIN, NONE));
    };
    const show = (full: ReadonlySet<string>): void => {
      chosen = performance.now();
      const before = detail.getState().full;
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
    return () => {
      clearTimeout(later);
      for (const end of ends) end();
    };
  }, [store, area, detail, flow]);
}

/** Nodes in the window and `margin` pixels around it, with those that are `kept`. */
function near([x, y, zoom]: Transform, width: number, height: number, nodes: readonly FlowNode[], margin: number, kept: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(kept);
  for (const node of nodes) {
    const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
    if (left < width + margin && top < height + margin && left + (node.measured?.width ?? 0) * zoom > -margin && top + (node.measured?.height ?? 0) * zoom > -margin) found.add(node.id);
  }
  return found;
}
