/** A pointer that moves once a frame over the canvas, the same way on both sides; a gesture that moved nothing is an error. */

import type { Aim, Gesture } from "../src/editor-page.ts";

/** Moves of a gesture. */
export const MOVES = 60;
/** What each event of a pinch reports; a whole gesture goes to 2.8 times the scale, or to that part of it, and back. */
const PINCH = 25;

export const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
const canvas = (): DOMRect => document.querySelector(".react-flow")!.getBoundingClientRect();
const transformOf = (selector: string): string => document.querySelector<HTMLElement>(selector)!.style.transform;
const dragged = (id: string): string => `.react-flow__node[data-id="${id}"]`;

export function aim(gesture: Gesture): Aim {
  const box = canvas();
  const [cx, cy] = [box.left + box.width / 2, box.top + box.height / 2];
  if (gesture === "drag") {
    const far = (r: DOMRect): number => Math.hypot((r.left + r.right) / 2 - cx, r.top - cy);
    const nodes = [...document.querySelectorAll<HTMLElement>(".react-flow__node")].map((element) => ({ id: element.dataset["id"]!, rect: element.getBoundingClientRect() }));
    const { id, rect } = nodes.reduce((a, b) => (far(a.rect) <= far(b.rect) ? a : b));
    // A card is held by its head: fields further down keep the pointer to themselves.
    return { gesture, x: rect.left + rect.width / 2, y: rect.top + Math.min(6, rect.height / 3), node: id };
  }
  for (let away = 0; away < Math.min(cx - box.left, cy - box.top); away += 6)
    for (let turn = 0; turn < 12; turn++) {
      const [x, y] = [cx + away * Math.cos(turn), cy + away * Math.sin(turn)];
      if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane")) return { gesture, x, y };
    }
  throw new Error("No empty place on the canvas.");
}

/** Milliseconds of each move: from the event until the frame after it has begun, when all that it caused is done. */
export async function perform({ gesture, x, y, node }: Aim): Promise<number[]> {
  const watched = node === undefined ? ".react-flow__viewport" : dragged(node);
  const before = transformOf(watched);
  let moved = 0;
  let last = before;
  const count = (): void => {
    const now = transformOf(watched);
    if (now !== last) moved++;
    last = now;
  };
  const times = gesture === "zoom" ? await pinch(x, y, count) : await pull(x, y, count);
  if (moved < MOVES * 0.8) throw new Error(`${gesture}: only ${moved} of ${MOVES} moves had an effect.`);
  return times;
}

async function timed(act: (i: number) => void, count: () => void): Promise<number[]> {
  const times: number[] = [];
  await frame();
  for (let i = 0; i < MOVES; i++) {
    const started = performance.now();
    act(i);
    // The second frame begins when all that the first had to do (scripts, layout, paint) is done.
    await frame();
    await frame();
    times.push(performance.now() - started);
    count();
  }
  return times;
}

/** Pointer and mouse events together, as browsers send them. */
function send(kind: "down" | "move" | "up", x: number, y: number): void {
  const target = document.elementFromPoint(x, y) ?? document.body;
  const common = { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y, screenX: x, screenY: y, button: kind === "move" ? -1 : 0, buttons: kind === "up" ? 0 : 1 };
  target.dispatchEvent(new PointerEvent(`pointer${kind}`, { ...common, pointerId: 1, pointerType: "mouse", isPrimary: true }));
  target.dispatchEvent(new MouseEvent(`mouse${kind}`, { ...common, button: 0 }));
}

/** Along an eight lying on its side, back to where it began. */
async function pull(x: number, y: number, count: () => void): Promise<number[]> {
  send("down", x, y);
  await frame();
  const times = await timed((i) => {
    const turn = ((i + 1) / MOVES) * 2 * Math.PI;
    send("move", x + 160 * Math.sin(turn), y + 90 * Math.sin(2 * turn));
  }, count);
  send("up", x, y);
  await frame();
  return times;
}

/** Two fingers on a trackpad, as browsers report them: a wheel with the control key. Away from the scale it began with, and back. */
async function pinch(x: number, y: number, count: () => void): Promise<number[]> {
  // From a graph seen whole there is only one direction; from full size the way out passes from cards to boxes.
  const sign = new DOMMatrix(transformOf(".react-flow__viewport")).a > 0.5 ? 1 : -1;
  return timed((i) => {
    const target = document.elementFromPoint(x, y)!;
    const deltaY = (i < MOVES / 2 ? sign : -sign) * PINCH;
    target.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, ctrlKey: true, deltaY }));
  }, count);
}
