/** A run as somebody who watches it sees it: what nodes say, frame by frame, and whether a picture is ever blank. */
import { expect } from "vitest";
import type { Worker } from "playwright-core";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import type { App } from "./app.ts";
import { grip } from "./hands.ts";

export interface Watched {
  /** What each node's accessible name became, in order, with the time in milliseconds. */
  names: { node: string; name: string; at: number }[];
  /** Milliseconds of each frame: its end, and how long it took. */
  frames: { at: number; gap: number }[];
  /** Of the watched node's picture, once it has one: frames that showed it, that showed one colour alone, and that showed none. */
  picture: { drawn: number; blank: number; missing: number };
  /** When Stop was pressed and when nothing ran any more. */
  stops: { pressed: number; idle: number }[];
}

type Watching = { watched: Watched; patchbay: PageHandle };

/** From now on; `picture` is the id of the node whose picture is looked at. */
export async function watchRun(app: App, picture?: string): Promise<void> {
  await app.page.evaluate((id) => {
    const { patchbay } = globalThis as unknown as Watching;
    const watched: Watched = { names: [], frames: [], picture: { drawn: 0, blank: 0, missing: 0 }, stops: [] };
    (globalThis as unknown as Watching).watched = watched;
    const known = new Map<string, string>();
    const read = (): void => {
      for (const node of document.querySelectorAll<HTMLElement>(".pb-node[data-node]")) {
        const [which, name] = [node.dataset["node"]!, node.getAttribute("aria-label")!];
        if (known.get(which) !== name) watched.names.push({ node: which, name, at: performance.now() });
        known.set(which, name);
      }
    };
    new MutationObserver(read).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });
    addEventListener("click", (event) => {
      if ((event.target as Element).closest('button[aria-label="Stop"]')) watched.stops.push({ pressed: event.timeStamp, idle: NaN });
    }, true);
    const small = new OffscreenCanvas(8, 8).getContext("2d", { willReadFrequently: true })!;
    const look = (): void => {
      const canvas = document.querySelector<HTMLCanvasElement>(`.pb-node[data-node="${id}"] canvas.pb-pixels`);
      if (!canvas) return void (watched.picture.missing += watched.picture.drawn ? 1 : 0);
      small.clearRect(0, 0, 8, 8);
      small.drawImage(canvas, 0, 0, 8, 8);
      const { data } = small.getImageData(0, 0, 8, 8);
      const light = Array.from({ length: 64 }, (_, i) => data[4 * i]! + data[4 * i + 1]! + data[4 * i + 2]!);
      if (Math.max(...light) - Math.min(...light) < 24) watched.picture.blank++;
      watched.picture.drawn++;
    };
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      watched.frames.push({ at: now, gap: now - last });
      last = now;
      const stop = watched.stops.at(-1);
      if (stop && Number.isNaN(stop.idle) && patchbay.state().phase === "idle") stop.idle = now;
      if (id) look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, picture);
}

export const watched = (app: App): Promise<Watched> => app.page.evaluate(() => (globalThis as unknown as Watching).watched);

/** The longest frame within a stretch of time. */
export const longestFrame = ({ frames }: Watched, from: number, to: number): number => Math.max(...frames.filter(({ at, gap }) => at > from && at - gap < to).map(({ gap }) => gap));

/** What a node is doing, in the last words of its name: “cached”, “running, step 3 of 20”, “idle”. */
export async function phaseOf(app: App, id: string): Promise<string> {
  const name = (await app.node(id).locator(".pb-node").getAttribute("aria-label"))!;
  return /\b(queued|running(?:, step \d+ of \d+)?|done|cached|failed)\b/.exec(name)?.[1] ?? "idle";
}

/** The state of several nodes at once. */
export const phasesOf = async (app: App, ids: readonly string[]): Promise<{ [id: string]: string }> => Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await phaseOf(app, id)])));

/** Steps that an optimiser's node says it has done; 0 before the first. */
export const stepOf = async (app: App, id: string): Promise<number> => Number(/step (\d+)/.exec((await app.node(id).locator(".pb-node").getAttribute("aria-label"))!)?.[1] ?? 0);

export const reachStep = (app: App, id: string, step: number): Promise<void> =>
  expect.poll(() => stepOf(app, id), { timeout: 150_000, interval: 20, message: `step ${step} of ${id}` }).toBeGreaterThanOrEqual(step);

/** Selects a node and types a number into the inspector; `param` is the parameter's name in the graph. */
export async function setNumber(app: App, id: string, param: string, value: number): Promise<void> {
  await grip(app, id).click();
  await expect.poll(async () => (await app.state()).selected).toEqual([id]);
  const field = app.region("Inspector").locator(`[data-param="${param}"] .pb-number-entry input`);
  await field.fill(String(value));
  await field.press("Enter");
  await expect.poll(async () => (await app.document()).nodes.find((n) => n.id === id)!.params[param]).toBe(value);
}

export const value = (app: App, key: string): Promise<ReturnType<PageHandle["value"]>> => app.page.evaluate((name) => (globalThis as unknown as Watching).patchbay.value(name), key);

/** The engine's worker, as soon as it is there. */
export const engineOf = async (app: App): Promise<Worker> => app.page.workers()[0] ?? app.page.waitForEvent("worker");
