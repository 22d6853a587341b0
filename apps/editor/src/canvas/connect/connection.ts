/** The wire that is being drawn: by dragging, by one tap after another, or from port to port by the keyboard. One state machine for all three. */
import { wireText, type Change, type Endpoint, type GraphWire, type PortType } from "@patchbay/graph-core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { bodyAt, nodesById, prefixOf } from "../../model/document-view.ts";
import type { Editor } from "../../model/editor.ts";
import { portKind, type PortKind } from "../../model/port-kind.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { inputType, outputType, portFits, type Drawn, type Fits, type Side } from "./fits.ts";
import { portPlaces, portPoint, targetAt, type NodeLookup, type Point, type PortPlace } from "./nearest-port.ts";

export interface Drawing {
  readonly held: Endpoint;
  readonly side: Side;
  readonly kind: PortKind;
  readonly type: PortType | readonly PortType[];
  readonly start: Point;
  readonly fits: Fits;
  readonly places: readonly PortPlace[];
  /** The wire whose other end was taken off. */
  readonly detached: GraphWire | null;
  readonly by: "drag" | "tap" | "keys";
}

export interface ConnectionState {
  readonly drawing: Drawing | null;
  /** Where the loose end is, in canvas coordinates. */
  readonly pointer: Point;
  readonly target: PortPlace | null;
}

export interface Connection {
  readonly store: StoreApi<ConnectionState>;
  begin(held: Endpoint, side: Side, by: Drawing["by"], detached?: GraphWire): boolean;
  /** `reach` in canvas pixels. */
  move(pointer: Point, reach: number): void;
  /** To the next fitting port in a direction from where the wire is now. */
  step(direction: "up" | "down" | "left" | "right"): void;
  /** At what is aimed at; true where a wire was made. */
  finish(): boolean;
  /** Let go over nothing: a detached wire is removed, a new one asks what to put there. */
  drop(at: Point, screen: Point): void;
  cancel(): void;
}

const NOTHING: ConnectionState = { drawing: null, pointer: { x: 0, y: 0 }, target: null };

export function createConnection(editor: Editor, lookup: () => NodeLookup, announce: (text: string) => void): Connection {
  const store = createStore<ConnectionState>(() => NOTHING);

  const drawn = (): Drawn | null => {
    const { history, scope, inference } = editor.store.getState();
    const body = bodyAt(history.document, scope);
    return body && { body, inference, registry: editor.registry, prefix: prefixOf(scope) };
  };
  const titleOf = (id: string): string => {
    const now = drawn();
    const node = now && nodesById(now.body).get(id);
    return node ? (node.title ?? declaredNode(node, editor.registry)?.title ?? node.type) : id;
  };
  const wireBetween = ({ held, side }: Drawing, { node, port }: Endpoint): GraphWire => {
    const [a, b] = [`${held.node}.${held.port}`, `${node}.${port}`];
    return side === "output" ? { from: a, to: b } : { from: b, to: a };
  };

  return {
    store,
    begin(held, side, by, detached) {
      const { readOnly } = editor.store.getState();
      if (readOnly !== null) {
        editor.notify({ kind: "warning", text: readOnly });
        return false;
      }
      const now = drawn();
      const start = portPoint(lookup(), side, held.node, held.port);
      if (!now || !start) return false;
      const type = (side === "output" ? outputType(now, held) : inputType(now, held)) ?? { kind: "any" };
      const fits = portFits(now, held, side, detached);
      const places = portPlaces(lookup(), fits, side === "output" ? "input" : "output");
      const target = detached ? (places.find((p) => p.node === otherEnd(detached, side).node && p.port === otherEnd(detached, side).port) ?? null) : null;
      store.setState({ drawing: { held, side, kind: portKind(type), type, start, fits, places, detached: detached ?? null, by }, pointer: target ?? start, target }, true);
      if (by !== "drag") {
        const count = places.filter((place) => place.ok).length;
        announce(`Connecting from ${held.port} of ${titleOf(held.node)}. ${count === 0 ? "No port fits." : `${count} ${count === 1 ? "port fits" : "ports fit"}.`}${by === "keys" && count ? " Arrow keys choose, Enter connects, Escape cancels." : ""}`);
      }
      return true;
    },
    move(pointer, reach) {
      const { drawing, target } = store.getState();
      if (!drawing) return;
      const next = targetAt(pointer, drawing.places, drawing.fits, lookup(), reach);
      store.setState({ pointer, target: next?.node === target?.node && next?.port === target?.port ? target : next });
    },
    step(direction) {
      const { drawing, target, pointer } = store.getState();
      if (!drawing) return;
      const next = nextPlace(drawing.places.filter((place) => place.ok), target ?? pointer, target, direction);
      if (!next) return;
      store.setState({ target: next, pointer: next });
      announce(`${next.port} of ${titleOf(next.node)}${drawing.fits.get(next.node)?.get(next.port)?.taken ? ", replaces its wire" : ""}.`);
    },
    finish() {
      const { drawing, target } = store.getState();
      if (!drawing || !target) return false;
      if (!target.ok) {
        if (drawing.by !== "drag") announce(target.reason ?? "");
        return false;
      }
      const wire = wireBetween(drawing, target);
      store.setState(NOTHING, true);
      const { detached } = drawing;
      if (detached && wireText(detached) === wireText(wire)) return true;
      const changes: Change[] = [...(detached ? [{ kind: "disconnect" as const, wire: detached }] : []), { kind: "connect", wire }];
      const [from, to] = drawing.side === "output" ? [drawing.held.node, target.node] : [target.node, drawing.held.node];
      editor.edit(changes, { label: `${detached ? "Reconnect" : "Connect"} ${titleOf(from)} to ${titleOf(to)}` });
      announce(`Connected ${titleOf(from)} to ${titleOf(to)}.`);
      return true;
    },
    drop(at, screen) {
      const { drawing } = store.getState();
      store.setState(NOTHING, true);
      if (!drawing) return;
      if (drawing.detached) {
        editor.edit([{ kind: "disconnect", wire: drawing.detached }], { label: "Remove a wire" });
        announce("Wire removed.");
      } else editor.setUi({ palette: { at, screen, wire: { end: drawing.held, side: drawing.side, type: drawing.type } } });
    },
    cancel() {
      if (!store.getState().drawing) return;
      store.setState(NOTHING, true);
      announce("Connecting cancelled.");
    },
  };
}

/** The end of a wire that is not held. */
function otherEnd(wire: GraphWire, side: Side): Endpoint {
  const text = side === "output" ? wire.to : wire.from;
  const dot = text.indexOf(".");
  return { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

/** The nearest place in a direction; with nothing that way, the next in reading order. */
export function nextPlace(places: readonly PortPlace[], from: Point, current: PortPlace | null, direction: "up" | "down" | "left" | "right"): PortPlace | null {
  const others = places.filter((place) => place !== current && !(place.node === current?.node && place.port === current.port));
  let best: PortPlace | null = null;
  let least = Infinity;
  for (const place of others) {
    const [dx, dy] = [place.x - from.x, place.y - from.y];
    const [along, across] = direction === "up" ? [-dy, dx] : direction === "down" ? [dy, dx] : direction === "left" ? [-dx, dy] : [dx, dy];
    if (along <= 1) continue;
    const cost = along + Math.abs(across) * 2;
    if (cost < least) [best, least] = [place, cost];
  }
  if (best || !others.length) return best;
  const order = places.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const at = current ? order.findIndex((place) => place.node === current.node && place.port === current.port) : -1;
  const next = direction === "up" || direction === "left" ? at - 1 : at + 1;
  return order[(next + order.length) % order.length] ?? null;
}
