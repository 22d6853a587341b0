/** The canvas by keyboard: arrows go from node to node, Enter goes into one, Tab around in it, Escape back out. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import { flushSync } from "react-dom";
import { bodyAt } from "../../model/document-view.ts";
import type { Editor } from "../../model/editor.ts";
import type { CanvasParts } from "../canvas-context.ts";
import type { Connection } from "../connect/connection.ts";
import type { Side } from "../connect/fits.ts";
import { commentId, commentKey } from "../flow/flow-types.ts";
import type { Flow } from "../flow/create-flow.ts";
import { firstNode, nearestNode, type Direction, type Placed } from "./nearest-node.ts";

const ARROWS: { readonly [key: string]: Direction } = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
/** Smaller than this nobody can work in a node: who goes into one is taken this near. */
const NEAR = 0.4;
const AT_WORK = 0.75;
/** Without what arrow keys lead to from another of its group. */
const INSIDE = ":is(button, input, select, textarea, a[href], [role='slider'], [tabindex]):not([data-by-arrows])";

interface Surroundings {
  readonly area: RefObject<HTMLElement | null>;
  /** Stands after all nodes: from here Tab goes on to what follows. */
  readonly end: RefObject<HTMLElement | null>;
  readonly editor: Editor;
  readonly flow: Flow;
  readonly connection: Connection;
  readonly detail: CanvasParts["detail"];
  readonly announce: (text: string) => void;
}

export function useCanvasKeys({ area, end, editor, flow, connection, detail, announce }: Surroundings): void {
  const reactFlow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    const groups = ".pb-node, .pb-reroute, .pb-frame, .pb-note";
    const keyOf = (element: HTMLElement): string => element.dataset["node"] ?? commentKey(element.dataset["comment"] ?? "");
    const placed = (): Placed[] => flow.store.getState().nodes.map((n) => ({ id: n.id, ...n.position, width: n.measured?.width ?? 0, height: n.measured?.height ?? 0 }));

    function focusNode(id: string, tries = 6): void {
      const comment = commentId(id);
      const element = root!.querySelector<HTMLElement>(comment === null ? `[data-node="${CSS.escape(id)}"]` : `[data-comment="${CSS.escape(comment)}"]`);
      if (element) element.focus({ preventScroll: true });
      else if (tries) requestAnimationFrame(() => focusNode(id, tries - 1));
    }
    function goTo(node: Placed): void {
      const comment = commentId(node.id);
      editor.select(comment === null ? { nodes: [node.id] } : { comments: [comment] });
      show(node);
      focusNode(node.id);
    }
    /** Moves the view where the node is not in it; `near`: also where it is too small to work in. */
    function show(node: Placed, near = false): void {
      const { transform: [x, y, zoom], width, height } = store.getState();
      const [left, top] = [node.x * zoom + x, node.y * zoom + y];
      const inside = left > 20 && top > 20 && left + node.width * zoom < width - 20 && top + Math.min(node.height * zoom, height - 60) < height - 20;
      const small = near && zoom < NEAR;
      if (!inside || small) void reactFlow.setCenter(node.x + node.width / 2, node.y + node.height / 2, { zoom: small ? AT_WORK : zoom, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140 });
    }
    /** Into a node's ports. One that is drawn as a box, because the view has just come here or is far away, is drawn whole first: at once, so that the next key finds the port. */
    function enter(group: HTMLElement): boolean {
      const id = group.dataset["node"];
      if (id === undefined) return false;
      if (group.matches(".pb-box")) flushSync(() => detail.setState({ entered: id }));
      const first = group.querySelector<HTMLElement>("button[data-port]") ?? enterables(group)[0];
      if (!first) return false;
      const node = placed().find((n) => n.id === id);
      if (node) show(node, true);
      first.focus({ preventScroll: true });
      return true;
    }
    const enterables = (group: HTMLElement): HTMLElement[] => [...group.querySelectorAll<HTMLElement>(INSIDE)].filter((e) => !e.hasAttribute("disabled") && e.getClientRects().length > 0);

    function inGroup(event: KeyboardEvent, group: HTMLElement): boolean {
      const id = keyOf(group);
      const direction = ARROWS[event.key];
      if (direction && !event.shiftKey && !event.altKey) {
        const nodes = placed();
        const here = nodes.find((n) => n.id === id);
        const next = here && nearestNode(nodes, here, direction);
        if (next) goTo(next);
        else announce("No node that way.");
        return true;
      }
      if (event.key === "Enter") return enter(group);
      if (event.key === "Escape") {
        editor.select({});
        root!.focus({ preventScroll: true });
        return true;
      }
      if (event.key === "Home" || event.key === "End") {
        goToEnd(event.key);
        return true;
      }
      return false;
    }
    function goToEnd(key: "Home" | "End"): void {
      const nodes = placed();
      const next = key === "Home" ? firstNode(nodes) : firstNode(nodes.map((n) => ({ ...n, x: -n.x, y: -n.y })));
      if (next) goTo(nodes.find((n) => n.id === next.id)!);
    }

    function inPort(event: KeyboardEvent, port: HTMLElement, group: HTMLElement): boolean {
      const node = group.dataset["node"]!;
      const [name, side] = [port.dataset["port"]!, port.dataset["side"] as Side];
      const direction = ARROWS[event.key];
      if (event.key === "Enter" || event.key === " ") return connection.begin({ node, port: name }, side, "keys");
      if ((event.key === "Delete" || event.key === "Backspace") && !event.ctrlKey) {
        const end = `${node}.${name}`;
        const { history, scope } = editor.store.getState();
        const wires = (bodyAt(history.document, scope)?.wires ?? []).filter((wire) => (side === "input" ? wire.to : wire.from) === end);
        if (wires.length) editor.edit(wires.map((wire) => ({ kind: "disconnect", wire })), { label: wires.length === 1 ? "Remove a wire" : `Remove ${wires.length} wires` });
        announce(wires.length ? `${wires.length === 1 ? "Wire" : `${wires.length} wires`} removed.` : "Nothing is connected here.");
        return true;
      }
      if (direction === "left" || direction === "right" || direction === "up" || direction === "down") {
        const ports = [...group.querySelectorAll<HTMLElement>("[data-port]")];
        const of = (which: Side): HTMLElement[] => ports.filter((p) => p.dataset["side"] === which);
        const at = of(side).indexOf(port);
        const next = direction === "up" ? of(side)[at - 1] : direction === "down" ? of(side)[at + 1] : direction === "left" ? (side === "output" ? (of("input")[at] ?? of("input").at(-1)) : undefined) : side === "input" ? (of("output")[at] ?? of("output").at(-1)) : undefined;
        next?.focus({ preventScroll: true });
        return true;
      }
      return false;
    }

    const key = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      const { drawing } = connection.store.getState();
      if (drawing) {
        if (event.key === "Escape") connection.cancel();
        else if (drawing.by === "drag") return;
        else if (ARROWS[event.key]) connection.step(ARROWS[event.key]!);
        else if (event.key === "Enter" || event.key === " ") {
          const aimed = connection.store.getState().target;
          if (connection.finish() && aimed) {
            const to = placed().find((n) => n.id === aimed.node);
            if (to) show(to);
            focusNode(aimed.node);
          }
        } else if (event.key === "Tab") connection.step(event.shiftKey ? "up" : "down");
        else return;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const group = target.closest<HTMLElement>(groups);
      if (event.ctrlKey || event.metaKey) return;
      if (target === root) {
        const direction = ARROWS[event.key];
        if ((direction && !event.shiftKey) || event.key === "Enter") {
          const { selection } = editor.store.getState();
          const nodes = placed();
          const next = nodes.find((n) => selection.nodes.has(n.id)) ?? firstNode(nodes.filter((n) => commentId(n.id) === null));
          if (!next) return;
          goTo(next);
        } else if (event.key === "Home" || event.key === "End") goToEnd(event.key);
        else if (event.key === "Tab" && !event.shiftKey) {
          end.current?.focus({ preventScroll: true });
          return;
        } else return;
      } else if (group && target === group) {
        if (event.key === "Tab") {
          (event.shiftKey ? root : end.current)?.focus({ preventScroll: true });
          if (event.shiftKey) event.preventDefault();
          return;
        }
        if (!inGroup(event, group)) return;
      } else if (group) {
        if (event.key === "Escape" && target.matches("input, textarea")) {
          // The field hears it first and gives up what was typed; leaving it would keep that.
          setTimeout(() => group.contains(root.ownerDocument.activeElement) && group.focus({ preventScroll: true }));
          return;
        } else if (event.key === "Escape") group.focus({ preventScroll: true });
        else if (event.key === "Tab") {
          const all = enterables(group);
          const at = all.indexOf(target);
          const next = all[(at + (event.shiftKey ? -1 : 1) + all.length) % all.length];
          next?.focus({ preventScroll: true });
        } else if (!target.matches("[data-port]") || !inPort(event, target, group)) return;
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    root.addEventListener("keydown", key);
    // A node that is pressed gets the focus, so that keys go on from there.
    const press = (event: PointerEvent): void => {
      const at = event.target instanceof HTMLElement ? event.target : null;
      const group = at?.closest<HTMLElement>(groups);
      if (group && !at?.closest("input, select, textarea, button, [role='slider'], [contenteditable]")) group.focus({ preventScroll: true });
    };
    root.addEventListener("pointerdown", press);
    return () => {
      root.removeEventListener("keydown", key);
      root.removeEventListener("pointerdown", press);
    };
  }, [area, end, editor, flow, connection, detail, announce, reactFlow, store]);
}
