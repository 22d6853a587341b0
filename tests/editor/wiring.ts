/** Ports and wires as hands reach them, for the tests that are about drawing. */
import { expect } from "vitest";
import type { CDPSession, Locator } from "playwright-core";
import type { App } from "./app.ts";
import { boxOf, view } from "./hands.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Wires of the document as `a.out -> b.in`, sorted. */
export const wiresOf = async (app: App): Promise<string[]> => (await app.document()).wires.map((wire) => `${wire.from} -> ${wire.to}`).sort();
export const typesOf = async (app: App): Promise<string[]> => (await app.document()).nodes.map((node) => node.type);
export const pastOf = async (app: App): Promise<number> => (await app.state()).past;

export const port = (app: App, node: string, name: string, side: "input" | "output"): Locator => app.node(node).locator(`[data-port="${name}"][data-side="${side}"]`);

export async function middleOf(target: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(target);
  return { x: x + width / 2, y: y + height / 2 };
}

/** `a.out`: an output; `b.in`: an input, as the side says. */
export async function portPlace(app: App, end: string, side: "input" | "output"): Promise<Point> {
  const [node, name] = end.split(".") as [string, string];
  return middleOf(port(app, node, name, side));
}

/** Presses at a place and pulls to another; the button is still down. */
export async function pull(app: App, from: Point, to: Point): Promise<void> {
  const { mouse } = app.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 8, from.y + 8);
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await mouse.move(to.x, to.y);
}

/** Draws a wire from an output to an input with the mouse. */
export async function drawWire(app: App, from: string, to: string): Promise<void> {
  await pull(app, await portPlace(app, from, "output"), await portPlace(app, to, "input"));
  await app.page.mouse.up();
}

/** Where a point of the canvas is in the window. */
export async function onScreen(app: App, at: Point): Promise<Point> {
  const { x, y, zoom } = await view(app);
  const area = await boxOf(app.region("Canvas"));
  return { x: area.x + x + at.x * zoom, y: area.y + y + at.y * zoom };
}

export const wire = (app: App, from: string, to: string): Locator => app.region("Canvas").locator(`.react-flow__edge[data-id="${from} -> ${to}"]`);

/** The place half-way along a wire. */
export const middleOfWire = (target: Locator): Promise<Point> =>
  target.locator(".pb-wire-line").evaluate((path) => {
    const line = path as unknown as SVGPathElement;
    const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM()!);
    return { x: at.x, y: at.y };
  });

/** What stands on a wire. */
export const labelOf = (target: Locator): Promise<string | null> => target.locator(".pb-wire-label").textContent({ timeout: 500 }).catch(() => null);

/** The sentences that the editor shows as notices. */
export const notices = (app: App): Locator => app.page.locator(".pb-notice");

/** What screen readers were told last on the canvas. */
export const spoken = async (app: App): Promise<string> => ((await app.region("Canvas").locator('.pb-visually-hidden[aria-live="polite"]').textContent()) ?? "").replaceAll("\u00a0", "");

const sessions = new WeakMap<App, Promise<CDPSession>>();

/** Drops files and folders of this computer on a place of the window, as from a file manager. */
export async function dropPaths(app: App, paths: readonly string[], at: Point): Promise<void> {
  let session = sessions.get(app);
  if (!session) sessions.set(app, (session = app.context.newCDPSession(app.page)));
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await (await session).send("Input.dispatchDragEvent", { type, x: at.x, y: at.y, data });
}

/** Drags a node type out of the library to a place of the window. */
export async function dragFromLibrary(app: App, title: string, to: Point): Promise<void> {
  const search = app.page.getByRole("searchbox", { name: "Search nodes" });
  await search.fill(title);
  const entry = app.region("Node library").locator("[data-node-type]").first();
  await expect.poll(() => entry.locator(".pb-library-title").textContent()).toBe(title);
  const from = await middleOf(entry);
  const { mouse } = app.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 12, from.y + 4);
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await mouse.move(to.x, to.y);
  await mouse.move(to.x + 1, to.y);
}
