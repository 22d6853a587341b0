/** Pointers that draw wires: pulled from a port or from a wire's end, or a tap on one port and then on another. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import { splitEndpoint } from "@patchbay/graph-core";
import { bodyAt, wireOfKey } from "../../model/document-view.ts";
import type { Editor } from "../../model/editor.ts";
import type { Connection } from "../connect/connection.ts";
import type { Side } from "../connect/fits.ts";

/** Pixels of the screen. */
const TAP = 5;
const REACH = 36;

export function useWireDrawing(area: RefObject<HTMLElement | null>, editor: Editor, connection: Connection): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    const place = (event: PointerEvent): { x: number; y: number } => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const reach = (): number => REACH / store.getState().transform[2];
    let pressed: { pointer: number; x: number; y: number; start: () => boolean; drawing: boolean } | null = null;

    const down = (event: PointerEvent): void => {
      if (event.button !== 0 || !(event.target instanceof Element)) return;
      const open = connection.store.getState().drawing;
      if (open && open.by !== "drag") {
        // The second tap: on a port or a node it connects, elsewhere it ends the attempt.
        connection.move(place(event), reach());
        const { target } = connection.store.getState();
        event.preventDefault();
        event.stopPropagation();
        swallowClick(root);
        if (!target?.ok || !connection.finish()) connection.cancel();
        return;
      }
      const grip = event.target.closest<SVGElement>("[data-grip]");
      const port = event.target.closest<HTMLElement>("[data-port]");
      const start = grip ? startAtGrip(grip) : port ? startAtPort(port) : null;
      if (!start) return;
      event.preventDefault();
      event.stopPropagation();
      (port ?? grip)?.focus({ preventScroll: true });
      pressed = { pointer: event.pointerId, x: event.clientX, y: event.clientY, start, drawing: false };
    };

    /** Pulling at an input that has its one wire takes that wire's end off. */
    function startAtPort(element: HTMLElement): (() => boolean) | null {
      const node = element.closest<HTMLElement>("[data-node]")?.dataset["node"];
      const [port, side] = [element.dataset["port"], element.dataset["side"] as Side | undefined];
      if (!node || !port || !side) return null;
      return () => {
        const { history, scope } = editor.store.getState();
        const arriving = side === "input" ? (bodyAt(history.document, scope)?.wires.filter((wire) => wire.to === `${node}.${port}`) ?? []) : [];
        const many = element.querySelector(".pb-mark-plus") !== null;
        if (arriving.length === 1 && !many) return connection.begin(splitEndpoint(arriving[0]!.from), "output", "drag", arriving[0]);
        return connection.begin({ node, port }, side, "drag");
      };
    }
    function startAtGrip(element: SVGElement): (() => boolean) | null {
      const key = element.dataset["wire"];
      if (!key) return null;
      const wire = wireOfKey(key);
      return element.dataset["grip"] === "target" ? () => connection.begin(splitEndpoint(wire.from), "output", "drag", wire) : () => connection.begin(splitEndpoint(wire.to), "input", "drag", wire);
    }

    const move = (event: PointerEvent): void => {
      if (pressed && pressed.pointer === event.pointerId && !pressed.drawing && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > TAP) {
        pressed.drawing = pressed.start();
        if (!pressed.drawing) pressed = null;
      }
      if (connection.store.getState().drawing && connection.store.getState().drawing?.by !== "keys") connection.move(place(event), reach());
    };

    const up = (event: PointerEvent): void => {
      if (!pressed || pressed.pointer !== event.pointerId) return;
      const { drawing } = pressed;
      pressed = null;
      if (drawing) {
        swallowClick(root);
        connection.move(place(event), reach());
        if (connection.finish()) return;
        const { target } = connection.store.getState();
        const over = document.elementFromPoint(event.clientX, event.clientY);
        if (target || !over || !root.contains(over) || over.closest(".pb-node, .react-flow__panel, .pb-around")) {
          // On something where it cannot end: a new wire is forgotten, one that was taken off goes back.
          connection.cancel();
        } else connection.drop(place(event), { x: event.clientX, y: event.clientY });
        return;
      }
      const port = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-port]") : null;
      const node = port?.closest<HTMLElement>("[data-node]")?.dataset["node"];
      if (port && node) connection.begin({ node, port: port.dataset["port"]! }, port.dataset["side"] as Side, "tap");
    };
    const cancel = (event: PointerEvent): void => {
      if (pressed?.pointer !== event.pointerId) return;
      pressed = null;
      connection.cancel();
    };
    // Panning, dragging and box selection listen to these as well.
    const block = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest("[data-port], [data-grip]")) event.stopPropagation();
    };
    root.addEventListener("pointerdown", down, true);
    root.addEventListener("mousedown", block, true);
    root.addEventListener("touchstart", block, { capture: true, passive: true });
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    return () => {
      root.removeEventListener("pointerdown", down, true);
      root.removeEventListener("mousedown", block, true);
      root.removeEventListener("touchstart", block, true);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", cancel);
    };
  }, [area, editor, connection, flow, store]);
}

/** The click that follows a finished gesture means nothing more. */
function swallowClick(root: HTMLElement): void {
  const swallow = (event: Event): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  root.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => root.removeEventListener("click", swallow, true), 60);
}
