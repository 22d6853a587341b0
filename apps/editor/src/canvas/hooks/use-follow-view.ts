/** Watches where the canvas looks: nodes near that are drawn whole, the others as boxes; far away there are no labels. */
import { useStoreApi, type Transform } from "@xyflow/react";
import { useLayoutEffect, type RefObject } from "react";
import type { CanvasParts } from "../canvas-context.ts";
import type { FlowNode } from "../flow/flow-types.ts";
import { nearNodes, withSome, type Window } from "./near-nodes.ts";

/** Where text stops being legible. */
const FAR = 0.4;
const LABELS_FROM = 0.55;
/** Up to this many nodes a graph shows its pictures even from afar; one of more is drawn as boxes sooner. */
const FEW = 150;
const TOO_FAR = 0.2;
const TOO_FAR_OF_MANY = 0.5;
/** Pixels of the screen around it in which nodes are drawn whole, and after how much movement that is looked at again. */
const MARGIN = 96;
const MOVED = 64;
/** Milliseconds between looks while the view moves, and after which it is at rest. */
const PAUSE = 90;
const REST = 200;
/** Drawing a node whole takes milliseconds: how many are begun at a time while the view moves, and at rest, every so often. */
const WHILE_MOVING = 4;
const AT_REST = 12;
const NEXT = 30;

const NONE: ReadonlySet<string> = new Set();

export function useFollowView(area: RefObject<HTMLElement | null>, { detail, flow }: Pick<CanvasParts, "detail" | "flow">): void {
  const store = useStoreApi();
  useLayoutEffect(() => {
    let last: Transform | null = null;
    let later = 0;
    let waiting = false;
    let chosen = -Infinity;
    let seen: (Window & { readonly nodes: readonly FlowNode[] }) | null = null;

    const tooFar = (zoom: number, nodes: readonly FlowNode[]): boolean => zoom < (nodes.length > FEW ? TOO_FAR_OF_MANY : TOO_FAR);
    const rest = (after: number): void => {
      clearTimeout(later);
      waiting = true;
      // Where frames are slow, two of them without a movement.
      later = setTimeout(() => {
        const { transform } = store.getState();
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            if (waiting && store.getState().transform === transform) settle();
          }),
        );
      }, after) as unknown as number;
    };
    const choose = (): void => {
      const { transform, width, height } = store.getState();
      const { nodes } = flow.store.getState();
      const moved = !seen || seen.width !== width || seen.height !== height || Math.abs(seen.transform[2] / transform[2] - 1) >= 0.1 || Math.hypot(seen.transform[0] - transform[0], seen.transform[1] - transform[1]) >= MOVED;
      if (!moved && seen?.nodes === nodes) return;
      rest(REST);
      const before = seen;
      // While things move, a few times a second is enough.
      if (before && performance.now() - chosen < PAUSE) return;
      chosen = performance.now();
      seen = { transform, width, height, nodes };
      if (tooFar(transform[2], nodes)) return;
      if (nodes.length <= FEW) return show(withSome(detail.getState().full, nearNodes(seen, nodes, MARGIN), Infinity));
      // While many grow or shrink, nothing is drawn that the next moment makes too much or too little.
      if (before && Math.abs(transform[2] / before.transform[2] - 1) > 0.001) return;
      show(withSome(detail.getState().full, nearNodes(seen, nodes, MARGIN), before && moved ? WHILE_MOVING : Infinity));
    };
    /** The view has come to rest: what is far by now becomes a box again. */
    const settle = (): void => {
      waiting = false;
      sayFar();
      const { transform, width, height } = store.getState();
      const { nodes } = flow.store.getState();
      seen = { transform, width, height, nodes };
      if (tooFar(transform[2], nodes)) return show(NONE);
      const wanted = nearNodes(seen, nodes, MARGIN);
      const { full } = detail.getState();
      const next = withSome(new Set(wanted.filter((id) => full.has(id))), wanted, nodes.length <= FEW ? Infinity : AT_REST);
      show(next);
      if (next.size < wanted.length) rest(NEXT);
    };
    const show = (full: ReadonlySet<string>): void => {
      const before = detail.getState().full;
      if (full.size !== before.size || [...full].some((id) => !before.has(id))) detail.setState({ full });
    };
    const say = (what: "far" | "labels" | "dots", value: string): void => {
      const { dataset } = area.current!;
      if (dataset[what] !== value) dataset[what] = value;
    };
    const isFar = (): "yes" | "no" => (store.getState().transform[2] < FAR ? "yes" : "no");
    const sayFar = (): void => {
      if (area.current) say("far", isFar());
    };
    const look = (): void => {
      const { transform } = store.getState();
      if (!area.current) return;
      if (transform[2] !== last?.[2]) {
        say("labels", transform[2] < LABELS_FROM ? "off" : "on");
        say("dots", isFar() === "yes" ? "off" : "on");
        // This changes how every node and wire looks: not in the middle of a movement.
        if (!last) sayFar();
      }
      if (transform !== last && (waiting || area.current.dataset["far"] !== isFar())) rest(REST);
      last = transform;
      choose();
    };
    look();
    const ends = [store.subscribe(look), flow.store.subscribe(choose)];
    return () => {
      clearTimeout(later);
      waiting = false;
      for (const end of ends) end();
    };
  }, [store, area, detail, flow]);
}
