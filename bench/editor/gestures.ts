/** A pointer that moves once a frame, and how long each of these frames took: the time from one move until the frame after it is done. */

export interface Frames {
  /** Milliseconds. */
  readonly frames: readonly number[];
}

const MOVES = 60;
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

function canvas(): DOMRect {
  return document.querySelector(".react-flow")!.getBoundingClientRect();
}

/** Pointer and mouse events together, as browsers send them. */
function send(target: EventTarget, kind: "down" | "move" | "up", x: number, y: number): void {
  const common = { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y, screenX: x, screenY: y, button: kind === "move" ? -1 : 0, buttons: kind === "up" ? 0 : 1 };
  target.dispatchEvent(new PointerEvent(`pointer${kind}`, { ...common, pointerId: 1, pointerType: "mouse", isPrimary: true }));
  target.dispatchEvent(new MouseEvent(`mouse${kind}`, { ...common, button: 0 }));
}

async function timed(act: (i: number) => void): Promise<Frames> {
  const frames: number[] = [];
  await frame();
  for (let i = 0; i < MOVES; i++) {
    const started = performance.now();
    act(i);
    // The second frame begins when all that the first had to do (scripts, layout, paint) is done.
    await frame();
    await frame();
    frames.push(performance.now() - started);
  }
  return { frames };
}

async function drag(target: Element, x: number, y: number): Promise<Frames> {
  send(target, "down", x, y);
  await frame();
  const result = await timed((i) => {
    const [dx, dy] = [40 * Math.sin((i / MOVES) * 2 * Math.PI), 30 * Math.sin((i / MOVES) * 4 * Math.PI) + i];
    const over = document.elementFromPoint(x + dx, y + dy) ?? target;
    send(over, "move", x + dx, y + dy);
  });
  send(document.elementFromPoint(x, y) ?? target, "up", x, y + MOVES);
  await frame();
  return result;
}

/** Drags the empty canvas. */
export async function pan(): Promise<Frames> {
  const box = canvas();
  for (let y = box.top + 12; y < box.bottom; y += 7)
    for (let x = box.left + box.width * 0.4; x < box.left + box.width * 0.7; x += 7) {
      const found = document.elementFromPoint(x, y);
      if (found?.classList.contains("react-flow__pane")) return drag(found, x, y);
    }
  throw new Error("No empty place on the canvas.");
}

/** Turns the wheel with the zoom key held, in and out around the middle. */
export async function zoom(): Promise<Frames> {
  const box = canvas();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const target = document.elementFromPoint(x, y)!;
  return timed((i) => {
    target.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, ctrlKey: true, deltaY: i < MOVES / 2 ? -4 : 4 }));
  });
}

/** Drags the node nearest to the middle, with the wires at it. */
export async function dragNode(): Promise<Frames> {
  const box = canvas();
  const [cx, cy] = [box.left + box.width / 2, box.top + box.height / 2];
  const far = (r: DOMRect): number => Math.hypot((r.left + r.right) / 2 - cx, r.top - cy);
  const [node] = [...document.querySelectorAll(".react-flow__node")].sort((a, b) => far(a.getBoundingClientRect()) - far(b.getBoundingClientRect()));
  const r = node!.getBoundingClientRect();
  // A card is held by its head: fields further down keep the pointer to themselves.
  const [x, y] = [r.left + r.width / 2, r.top + Math.min(6, r.height / 3)];
  const before = node!.getAttribute("style");
  const result = await drag(document.elementFromPoint(x, y) ?? node!, x, y);
  if (document.querySelector(`.react-flow__node[data-id="${node!.getAttribute("data-id")}"]`)?.getAttribute("style") === before) throw new Error("The node did not move.");
  return result;
}
