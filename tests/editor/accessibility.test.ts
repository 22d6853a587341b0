/** For everybody: no serious finding of axe anywhere, colours of the system, little motion where that is asked for, every width, and every place by keyboard. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import type { AxeResults, RunOptions } from "axe-core";
import { openEditor, type App } from "./app.ts";
import { boxOf, DISTANCE, grip, middleOf, openGraph, selectNodes } from "./hands.ts";

const axeSource = await readFile(createRequire(import.meta.resolve("../../apps/editor/package.json")).resolve("axe-core/axe.min.js"), "utf8");

/** Serious and critical findings, each as one line; of the whole page, or of what a selector names. */
async function findings(app: App, where: string, part?: string): Promise<string[]> {
  const { page } = app;
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate((inside) => (globalThis as unknown as { axe: { run(context: string | Document, options: RunOptions): Promise<AxeResults> } }).axe.run(inside ?? document, { resultTypes: ["violations"] }), part);
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${where}: ${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary?.split("\n").slice(1, 2).join("").trim()}`).join(" | ")}`);
}

const focused = (app: App): Promise<string> => app.page.evaluate(() => {
  const e = document.activeElement as HTMLElement | null;
  return e === null || e === document.body ? "page" : (e.getAttribute("aria-label") ?? e.textContent ?? "").trim().slice(0, 40);
});
const colours = (app: App): Promise<string> => app.page.locator(".pb-root").evaluate((e) => `${getComputedStyle(e).backgroundColor} ${getComputedStyle(e).color}`);
const moving = (app: App): Promise<string[]> => app.page.evaluate(() => document.getAnimations().filter((a) => a.playState === "running").map((a) => `${(a as CSSAnimation).animationName ?? (a as CSSTransition).transitionProperty} of ${((a.effect as KeyframeEffect).target as Element).className}`));

describe("axe finds nothing serious", () => {
  it("where one begins: the empty canvas, the tour, at every width and in both themes", async () => {
    const app = await openEditor({ firstVisit: true });
    const found = await findings(app, "the tour");
    await app.press("Escape");
    for (const colorScheme of ["light", "dark"] as const) {
      await app.page.emulateMedia({ colorScheme });
      for (const width of [1440, 900, 390]) {
        await app.page.setViewportSize({ width, height: 844 });
        found.push(...(await findings(app, `start ${width} ${colorScheme}`)));
      }
    }
    expect(found).toEqual([]);
  });

  it("in graphs that have run, with something selected, in both themes", async () => {
    const found: string[] = [];
    const app = await openEditor({ example: "face-verification" });
    await app.run();
    const [first, second] = (await app.document()).nodes.map((n) => n.id);
    await grip(app, first!).click();
    found.push(...(await findings(app, "face verification, a node selected")));
    await app.page.emulateMedia({ colorScheme: "dark" });
    await grip(app, second!).click({ modifiers: ["Shift"] });
    found.push(...(await findings(app, "several selected, dark")));
    await app.press("Escape");
    const { from, to } = (await app.document()).wires[0]!;
    const at = await middleOf(app, `${from} -> ${to}`);
    await app.page.mouse.click(at.x, at.y);
    await app.page.setViewportSize({ width: 900, height: 844 });
    found.push(...(await findings(app, "a wire selected, dark, 900 px")));
    await app.page.emulateMedia({ colorScheme: "light" });
    await app.page.setViewportSize({ width: 390, height: 844 });
    found.push(...(await findings(app, "face verification, 390 px")));
    expect(found).toEqual([]);
  });

  it("while a style is transferred, and in the other examples", async () => {
    const found: string[] = [];
    const app = await openEditor({ example: "style-transfer", colorScheme: "dark" });
    await app.button("Run").click();
    await app.page.waitForFunction(() => document.querySelector(".pb-run[data-phase='running']"));
    found.push(...(await findings(app, "style transfer runs, dark")));
    // Nothing turns or flows for long.
    await expect.poll(() => moving(app)).toEqual([]);
    await app.button("Stop").click();
    await app.idle();
    await app.page.emulateMedia({ colorScheme: "light" });
    found.push(...(await findings(app, "style transfer stopped")));
    await app.button("Examples").click();
    await app.dialog("Examples").getByRole("button", { name: /^Convolutions/ }).first().click();
    await expect.poll(async () => (await app.document()).nodes.some((n) => n.type.startsWith("Conv"))).toBe(true);
    await app.idle();
    found.push(...(await findings(app, "convolutions")));
    await app.page.emulateMedia({ colorScheme: "dark" });
    found.push(...(await findings(app, "convolutions, dark")));
    expect(found).toEqual([]);
  });

  it("in windows, palettes and menus", async () => {
    const found: string[] = [];
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    await app.run();
    await selectNodes(app, "d");
    const windows: readonly [string, string | RegExp][] = [["Shift+KeyE", "Examples"], ["$mod+KeyO", /graph/i], ["$mod+KeyE", /Export/], ["$mod+Alt+KeyL", /Share/], ["?", "Keyboard shortcuts"], ["Shift+KeyH", "History"], ["Shift+KeyP", /Inputs and outputs/], ["KeyI", /distance/i], ["Shift+KeyB", /Compare/]];
    for (const [i, [keys, name]] of windows.entries()) {
      await app.page.emulateMedia({ colorScheme: i % 2 ? "dark" : "light" });
      await grip(app, "d").click();
      await app.press(keys);
      await app.dialog(name).waitFor();
      await expect.poll(() => moving(app), { message: String(name) }).toEqual([]);
      // All that is behind it is hidden meanwhile.
      found.push(...(await findings(app, `window ${name}`, "[role='dialog']")));
      await app.press("Escape");
      await app.dialog(name).waitFor({ state: "detached" });
    }
    for (const [keys, name] of [["$mod+KeyK", "Command palette"], ["Space", /./]] as const) {
      await app.press(keys);
      await app.dialog(name).waitFor();
      found.push(...(await findings(app, `palette ${name}`, "[role='dialog']")));
      await app.press("Escape");
      await app.dialog(name).waitFor({ state: "detached" });
    }
    await grip(app, "d").click({ button: "right" });
    await app.page.getByRole("menu").first().waitFor();
    found.push(...(await findings(app, "the node's menu", "[role='menu']")));
    await app.press("Escape");
    await app.button("Graph menu").click();
    await app.page.getByRole("menu").first().waitFor();
    found.push(...(await findings(app, "the graph menu", "[role='menu']")));
    await app.press("Escape");
    await app.press("Digit3");
    await app.region("Problems").waitFor();
    found.push(...(await findings(app, "a run, its node selected, problems")));
    expect(found).toEqual([]);
  });
});

describe("colours and motion", () => {
  it("follow the system; a theme that is chosen stays, also after a reload", async () => {
    const app = await openEditor({ colorScheme: "light" });
    const light = await colours(app);
    await app.page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => colours(app)).not.toBe(light);
    const dark = await colours(app);
    const choose = async (name: string): Promise<void> => {
      await app.button("Theme").click();
      await app.page.getByRole("menuitemcheckbox", { name }).or(app.page.getByRole("menuitemradio", { name })).or(app.page.getByRole("menuitem", { name })).first().click();
    };
    await choose("Light");
    await expect.poll(() => colours(app)).toBe(light);
    await app.page.reload();
    await app.ready();
    await expect.poll(() => colours(app)).toBe(light);
    await choose("Like the system");
    await expect.poll(() => colours(app)).toBe(dark);
    await app.page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => colours(app)).toBe(light);
  });
});

describe("every width", () => {
  it("shows its buttons without scrolling sideways", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    for (const width of [320, 768, 1280, 2560]) {
      await app.page.setViewportSize({ width, height: 740 });
      await expect.poll(() => app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), { message: `${width} px` }).toBeLessThanOrEqual(0);
      for (const name of ["Run", "Stop", "Undo", "Redo", "Examples", "Export", "Live"]) {
        const inSight = async (locator = app.button(name)): Promise<boolean> => {
          const box = await locator.boundingBox();
          return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= 740;
        };
        // What has no room goes into a menu, a moment after the window has another size; Stop is there while something runs.
        await expect.poll(async () => !(await app.button(name).isVisible()) || (await inSight()), { message: `${name} at ${width} px` }).toBe(true);
        if (await app.button(name).isVisible()) continue;
        if (name !== "Stop") {
          await app.button("More").click();
          const item = app.page.getByRole("menuitem", { name: new RegExp(`^${name}`) }).or(app.page.getByRole("menuitemcheckbox", { name: new RegExp(`^${name}`) })).first();
          await item.waitFor();
          expect(await inSight(item), `${name} in the menu at ${width} px`).toBe(true);
          await app.press("Escape");
          await item.waitFor({ state: "detached" });
        }
      }
      expect((await boxOf(app.region("Canvas"))).width, `canvas at ${width} px`).toBeGreaterThan(Math.min(width * 0.4, 300));
    }
  });
});

describe("the keyboard", () => {
  it("goes through the page in the order of what is seen, and out of the canvas again", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    await app.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const stops: { region: string; name: string }[] = [];
    const here = () => app.page.evaluate(() => {
      const e = document.activeElement as HTMLElement;
      const region = e.closest<HTMLElement>("header, [role='region'], section[aria-label], nav, .pb-foot, footer");
      return { region: e === document.body ? "page" : (region?.getAttribute("aria-label") ?? region?.className ?? "?"), name: e.getAttribute("aria-label") ?? e.textContent?.slice(0, 30) ?? "" };
    });
    for (let i = 0; i < 90; i++) {
      await app.press("Tab");
      const now = await here();
      if (now.region === "page") break;
      stops.push(now);
    }
    const order = stops.map((stop) => stop.region).filter((region, i, all) => region !== all[i - 1]);
    expect(order[0]).toBe("pb-toolbar");
    const at = (name: string): number => order.indexOf(name);
    expect(at("Node library")).toBeGreaterThan(0);
    expect(at("Canvas")).toBeGreaterThan(at("Node library"));
    expect(at("Inspector")).toBeGreaterThan(at("Canvas"));
    expect(stops.length, JSON.stringify(stops)).toBeLessThan(80);

    // Into the canvas, to a node, into it, around in it, out of it, and on.
    await app.region("Canvas").focus();
    await app.press("ArrowRight");
    await expect.poll(async () => (await app.state()).selected).toEqual(["c1"]);
    await app.press("ArrowRight");
    await expect.poll(async () => (await app.state()).selected).toEqual(["l"]);
    await expect.poll(() => focused(app)).toMatch(/L2/);
    await app.press("Enter");
    expect(await app.page.evaluate(() => document.activeElement!.closest("[data-node]")?.getAttribute("data-node") === "l" && document.activeElement!.matches("[data-port]"))).toBe(true);
    for (let i = 0; i < 3; i++) await app.press("Tab");
    expect(await app.page.evaluate(() => document.activeElement!.closest("[data-node]")?.getAttribute("data-node"))).toBe("l");
    await app.press("Escape");
    expect(await app.node("l").locator(".pb-node").evaluate((e) => document.activeElement === e)).toBe(true);
    await app.press("Tab");
    expect(await app.page.evaluate(() => document.activeElement!.closest("[data-node]"))).toBe(null);
    await app.press("Shift+Tab");
    expect(await focused(app)).toBe("Canvas");
    await app.press("Shift+Tab");
    expect(await app.page.evaluate(() => document.activeElement!.closest(".pb-canvas"))).toBe(null);
  });

  it("stays in a window while it is open, and comes back to where it was", async () => {
    const app = await openEditor();
    for (const [button, name] of [["Examples", "Examples"], ["Export", /Export/]] as const) {
      await app.button(button).focus();
      await app.press("Enter");
      await app.dialog(name).waitFor();
      for (let i = 0; i < 12; i++) {
        await app.press("Tab");
        expect(await app.page.evaluate(() => document.activeElement!.closest("[role='dialog']") !== null)).toBe(true);
      }
      await app.press("Escape");
      await app.dialog(name).waitFor({ state: "detached" });
      await expect.poll(() => focused(app)).toBe(button);
    }
    await app.button("Help").focus();
    await app.press("Enter");
    await app.page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
    await app.dialog("Keyboard shortcuts").waitFor();
    await app.press("Escape");
    await app.dialog("Keyboard shortcuts").waitFor({ state: "detached" });
    await expect.poll(() => focused(app)).toBe("Help");
  });
});
