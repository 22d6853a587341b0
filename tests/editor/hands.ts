/** What hands do on the canvas, in the words of the tests that are about it. */
import { emptyGraph, serializeGraph, type GraphDocument, type GraphNode, type Json } from "@patchbay/graph-core";
import { expect } from "vitest";
import type { Locator } from "playwright-core";
import type { App } from "./app.ts";

export const node = (id: string, type: string, x: number, y: number, params: { [name: string]: Json } = {}): GraphNode => ({ id, type, version: 1, params, position: { x, y } });

/** Wires as `a.out -> b.in`. */
export function graph(nodes: readonly GraphNode[], wires: readonly string[] = [], more: Partial<GraphDocument> = {}): GraphDocument {
  return { ...emptyGraph(), nodes, wires: wires.map((wire) => ({ from: wire.split(" -> ")[0]!, to: wire.split(" -> ")[1]! })), ...more };
}

/** Two constants, one of them through a node that can be left out, and their distance: 5 without that node. */
export const DISTANCE = graph(
  [node("c1", "Constant", 0, 0, { values: [1, 2, 3] }), node("c2", "Constant", 0, 240, { values: [4, 6, 3] }), node("l", "L2Normalise", 320, 0), node("d", "Distance", 640, 120), node("v", "ValueOutput", 960, 120)],
  ["c1.value -> l.x", "l.y -> d.a", "c2.value -> d.b", "d.distance -> v.value"],
  { title: "Far apart" },
);

/** Drops the graph's file on the canvas, and waits until it is open and still. */
export async function openGraph(app: App, document: GraphDocument): Promise<void> {
  await app.drop(app.region("Canvas"), [{ name: "graph.json", type: "application/json", bytes: new TextEncoder().encode(serializeGraph(document)) }]);
  await expect.poll(async () => (await app.document()).nodes.map((n) => n.id)).toEqual(document.nodes.map((n) => n.id));
  for (const { id } of document.nodes.slice(0, 12)) await app.node(id).waitFor();
  await still(app);
}

/** Waits until the view has come to rest: a graph that was just opened is fitted a few times. */
export async function still(app: App): Promise<void> {
  let last = "";
  let same = 0;
  await expect.poll(async () => {
    const now = JSON.stringify([await view(app), await app.nodes.first().boundingBox()]);
    same = now === last ? same + 1 : 0;
    last = now;
    return same;
  }, { interval: 60 }).toBeGreaterThan(2);
}

/** The canvas's scale and where its origin is. */
export async function view(app: App): Promise<{ x: number; y: number; zoom: number }> {
  const transform = await app.region("Canvas").locator(".react-flow__viewport").evaluate((e) => new DOMMatrix(getComputedStyle(e).transform).toJSON() as { a: number; e: number; f: number });
  return { x: transform.e, y: transform.f, zoom: transform.a };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const boxOf = async (target: Locator): Promise<Box> => (await target.boundingBox())!;

/** A node's title: where it is taken hold of. */
export const grip = (app: App, id: string): Locator => app.node(id).locator(".pb-node-title, .pb-reroute-dot").first();

/** Presses the first place, goes to the second, and lets go. */
export async function drag(app: App, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const { mouse } = app.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  // A drag begins a few pixels from where it was pressed.
  await mouse.move(from.x + Math.sign(to.x - from.x) * 3, from.y + Math.sign(to.y - from.y) * 3);
  for (const part of [0.3, 0.6, 1]) await mouse.move(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
  await mouse.up();
}

/** Draws a rectangle on empty canvas, as slowly as the page needs to show it. */
export async function rectangle(app: App, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const { mouse } = app.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await app.region("Canvas").locator(".react-flow__selection").waitFor();
  await mouse.move(to.x, to.y);
  await mouse.up();
}

export async function dragBy(app: App, target: Locator, dx: number, dy: number): Promise<void> {
  const { x, y, width, height } = await boxOf(target);
  const from = { x: x + width / 2, y: y + height / 2 };
  await drag(app, from, { x: from.x + dx, y: from.y + dy });
}

/** Nodes that can be taken hold of where they are seen, and where: nothing lies over them. */
export const reachable = (app: App): Promise<{ id: string; x: number; y: number }[]> =>
  app.region("Canvas").evaluate((canvas) => {
    const frame = canvas.getBoundingClientRect();
    return [...canvas.querySelectorAll<HTMLElement>("[data-node]")].flatMap((card) => {
      const title = (card.querySelector(".pb-node-title") ?? card).getBoundingClientRect();
      const [x, y] = [title.left + title.width / 2, title.top + title.height / 2];
      if (x < frame.left || y < frame.top || x > frame.right || y > frame.bottom) return [];
      const hit = document.elementFromPoint(x, y);
      return hit && card.contains(hit) && !hit.closest("button, input, select, textarea, [role='slider']") ? [{ id: card.dataset["node"]!, x, y }] : [];
    });
  });

/** Clicks nodes one after the other, with Shift: they are selected together. */
export async function selectNodes(app: App, ...ids: readonly string[]): Promise<void> {
  for (const [i, id] of ids.entries()) await grip(app, id).click(i ? { modifiers: ["Shift"] } : {});
  await expect.poll(async () => [...(await app.state()).selected].sort()).toEqual([...ids].sort());
}

/** Half way along a wire, in pixels of the window. */
export const middleOf = (app: App, wire: string): Promise<{ x: number; y: number }> =>
  app.region("Canvas").locator(`.react-flow__edge[data-id="${wire}"] path`).first().evaluate((path) => {
    const line = path as SVGPathElement;
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM()!);
    return { x, y };
  });

/** Runs a command by its title from the command palette. */
export async function command(app: App, title: string): Promise<void> {
  await app.press("$mod+KeyK");
  const palette = app.dialog("Command palette");
  await palette.getByRole("combobox").fill(title);
  await palette.getByRole("option").filter({ has: app.page.locator(".pb-palette-title").getByText(title, { exact: true }) }).first().click();
  await palette.waitFor({ state: "detached" });
}

/** The position of a node in the document, at the top level. */
export async function positionOf(app: App, id: string): Promise<{ x: number; y: number }> {
  return (await app.document()).nodes.find((n) => n.id === id)!.position;
}

export async function nodeOf(app: App, id: string): Promise<GraphNode> {
  return (await app.document()).nodes.find((n) => n.id === id)!;
}

export const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
