/** Everything can be taken back and done again, one step for each thing that hands do, as often as one likes. */
import { describe, expect, it } from "vitest";
import type { GraphDocument } from "@patchbay/graph-core";
import { openEditor, type App } from "./app.ts";
import { boxOf, command, DISTANCE, drag, dragBy, graph, grip, node, nodeOf, openGraph, reachable, selectNodes, view } from "./hands.ts";

const past = async (app: App): Promise<number> => (await app.state()).past;

/** The same numbers every time (mulberry32). */
function random(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe("undo and redo", () => {
  it("take back 40 different actions one by one to the very document, and do them again", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    const pick = random(7);
    /** The document at each length of the past. */
    const at = new Map<number, GraphDocument>();
    const note = async (): Promise<void> => {
      const [{ past: steps }, document] = [await app.state(), await app.document()];
      at.set(steps, document);
    };
    await note();
    const start = at.get(0)!;

    const canvas = app.region("Canvas");
    /** Chooses some of what is there, as keys do. */
    const choose = async (count: number): Promise<void> => {
      await canvas.focus();
      await app.press("Escape");
      await app.press("KeyF");
      // The view moves in a frame of its own.
      await app.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      let there = await reachable(app);
      await expect.poll(async () => (there = await reachable(app)).length).toBeGreaterThan(1);
      for (let i = 0; i < count && there.length; i++) {
        const [{ x, y }] = there.splice(pick(there.length), 1) as [(typeof there)[number]];
        await app.page.mouse.click(x, y);
        if (i === 0) await app.page.keyboard.down("Shift");
      }
      await app.page.keyboard.up("Shift");
    };
    const keys = (count: number, ...pressed: readonly string[]) => async (): Promise<void> => {
      await choose(count);
      for (const key of pressed) await app.press(key);
    };
    const adds = (words: string) => async (): Promise<void> => {
      await canvas.focus();
      await app.press("Space");
      await app.page.getByRole("combobox").last().fill(words);
      await app.press("Enter");
    };
    const byTitle = (...titles: readonly string[]) => async (): Promise<void> => {
      await choose(3);
      for (const title of titles) {
        await app.press("$mod+KeyK");
        await app.dialog("Command palette").getByRole("combobox").fill(title);
        // Too few may be chosen for it.
        await app.press((await app.dialog("Command palette").getByRole("option").count()) ? "Enter" : "Escape");
        await app.dialog("Command palette").waitFor({ state: "detached" });
      }
    };
    const actions: readonly [string, () => Promise<void>][] = [
      ["add a constant", adds("constant")], ["add a pattern", adds("pattern")], ["add a crop", adds("crop")],
      ["nudge", keys(2, "Shift+ArrowRight", "Shift+ArrowDown", "Alt+Shift+ArrowUp")], ["align left", keys(3, "Alt+KeyA")], ["align middles", keys(3, "Alt+KeyV")],
      ["distribute", byTitle("Distribute horizontally")], ["duplicate", keys(2, "$mod+KeyD")], ["duplicate with wires", keys(1, "$mod+Shift+KeyD")],
      ["mute", keys(2, "KeyM")], ["collapse", keys(2, "KeyC")], ["expand", byTitle("Collapse")], ["frame", keys(2, "$mod+KeyG")], ["colour", keys(2, "$mod+KeyG", "Shift+KeyC", "Shift+KeyC")],
      ["note", keys(0, "KeyN")], ["loose reroute point", keys(0, "KeyR")], ["reroute all", keys(0, "$mod+KeyA", "KeyR")], ["subgraph", keys(2, "$mod+Shift+KeyG")],
      ["subgraph and back", keys(3, "$mod+Shift+KeyG", "$mod+Shift+KeyU")], ["mute inside", keys(2, "$mod+Shift+KeyG", "$mod+ArrowDown", "$mod+KeyA", "KeyM", "$mod+ArrowUp")],
      ["delete", keys(1, "Delete")], ["delete and heal", keys(1, "Alt+Delete")], ["disconnect", keys(2, "Shift+KeyD")], ["cut and paste", keys(2, "$mod+KeyX", "$mod+KeyV")], ["paste twice", keys(1, "$mod+KeyC", "$mod+KeyV", "$mod+KeyV")],
      ["arrange", byTitle("Arrange automatically")],
      ["drag", async () => {
        await choose(0);
        const there = await reachable(app);
        const from = there[pick(there.length)]!;
        await drag(app, from, { x: from.x + 40 + pick(90), y: from.y + 20 + pick(60) });
      }],
      ["drag several", async () => {
        await choose(3);
        const { selected } = await app.state();
        const from = (await reachable(app)).find(({ id }) => selected.includes(id));
        if (from) await drag(app, from, { x: from.x - 30 - pick(60), y: from.y + 30 });
      }],
      ["title of the graph", async () => {
        await app.page.getByRole("textbox", { name: "Graph title" }).fill(`Title ${pick(1000)}`);
        await app.press("Enter");
      }],
      ["title of a node", async () => {
        await choose(1);
        const title = app.region("Inspector").getByRole("textbox", { name: "Title", exact: true });
        if (await title.count()) {
          await title.click();
          await app.page.keyboard.type(`Named ${pick(100)}`);
        }
      }],
    ];
    // Each once, in an order of its own, and ten of them again.
    const order = [...actions.keys()].map((i) => [pick(1 << 20), i] as const).sort((a, b) => a[0] - b[0]).map(([, i]) => actions[i]!);
    const done = new Set<string>();
    for (const [name, act] of [...order, ...Array.from({ length: 10 }, () => actions[pick(actions.length)]!)]) {
      const before = JSON.stringify(await app.document());
      await act();
      // What takes a moment has been done when a frame has passed without a change.
      let last = "";
      await expect.poll(async () => last === (last = JSON.stringify(await app.document())), { message: name }).toBe(true);
      if (last !== before) done.add(name);
      await note();
      if ((await app.state()).scope.length) await app.press("$mod+ArrowUp");
    }
    expect([...done].sort(), "actions that changed something").toEqual(expect.arrayContaining(["align left", "arrange", "cut and paste", "delete", "drag", "duplicate", "frame", "mute", "reroute all", "subgraph"]));
    expect(done.size).toBeGreaterThan(24);
    await canvas.focus();
    await app.press("Escape");
    await note();
    const end = await app.document();
    const steps = await past(app);
    expect(steps).toBeGreaterThanOrEqual(40);
    expect(at.get(steps)).toEqual(end);

    for (let left = steps - 1; left >= 0; left--) {
      await app.press("$mod+KeyZ");
      const now = await app.document();
      if (at.has(left)) expect(now, `after ${steps - left} steps back`).toEqual(at.get(left));
    }
    expect(await app.document()).toEqual(start);
    await expect.poll(() => app.button("Undo").isDisabled()).toBe(true);
    for (let done = 1; done <= steps; done++) await app.press(done % 2 ? "$mod+Shift+KeyZ" : "$mod+KeyY");
    expect(await app.document()).toEqual(end);
    await expect.poll(() => app.button("Redo").isDisabled()).toBe(true);
  }, 300_000);

  it("are one step for a drag of many, for a slider, for a bar, and for a title that is typed", async () => {
    const app = await openEditor();
    await openGraph(app, graph([...DISTANCE.nodes, node("t", "Threshold", 960, 320)], [...DISTANCE.wires.map((w) => `${w.from} -> ${w.to}`), "d.distance -> t.distance"]));
    const start = await app.document();
    await app.press("$mod+KeyA");
    const { zoom } = await view(app);
    await dragBy(app, grip(app, "l"), 60 * zoom, 40 * zoom);
    await expect.poll(() => past(app)).toBe(1);
    const moved = await app.document();
    expect(moved.nodes.every((n, i) => n.position.x > start.nodes[i]!.position.x && n.position.y > start.nodes[i]!.position.y)).toBe(true);

    await app.press("Escape");
    await selectNodes(app, "t");
    const slider = app.region("Inspector").getByRole("slider", { name: /Threshold/ });
    const thumb = await boxOf(slider);
    const from = { x: thumb.x + thumb.width / 2, y: thumb.y + thumb.height / 2 };
    await drag(app, from, { x: from.x + 40, y: from.y });
    const threshold = async (): Promise<number> => (await nodeOf(app, "t")).params["threshold"] as number;
    await expect.poll(threshold).toBeGreaterThan(0.6);
    expect(await past(app)).toBe(2);
    const first = await threshold();
    // Another drag is another step.
    await drag(app, { x: from.x + 40, y: from.y }, { x: from.x + 10, y: from.y });
    await expect.poll(threshold).toBeLessThan(first);
    expect(await past(app)).toBe(3);
    // The bar on the node.
    const bar = await boxOf(app.node("t").getByRole("spinbutton"));
    await drag(app, { x: bar.x + bar.width / 2, y: bar.y + bar.height / 2 }, { x: bar.x + bar.width / 2 + 30, y: bar.y + bar.height / 2 });
    await expect.poll(() => past(app)).toBe(4);

    await app.region("Inspector").getByRole("textbox", { name: "Title", exact: true }).click();
    await app.page.keyboard.type("How far is far", { delay: 5 });
    await expect.poll(async () => (await nodeOf(app, "t")).title).toBe("How far is far");
    await app.press("Tab");
    expect(await past(app)).toBe(5);
    await app.page.getByRole("textbox", { name: "Graph title" }).click();
    await app.page.keyboard.type("Measured");
    await app.press("Enter");
    await expect.poll(async () => (await app.document()).title).toBe("Measured");
    expect(await past(app)).toBe(6);
    await app.node("l").locator(".pb-node-title").dblclick();
    await app.page.keyboard.type("To length one");
    await app.press("Enter");
    await expect.poll(() => past(app)).toBe(7);
    for (let i = 0; i < 6; i++) await app.button("Undo").click();
    expect(await app.document()).toEqual(moved);
    // The last key of all that was undone is one that redoes it.
    await app.button("Redo").click();
    await expect.poll(threshold).toBe(first);
  });

  it("have no end in a session, and the list of steps leads to any of them", async () => {
    const app = await openEditor();
    await openGraph(app, graph([node("c", "Constant", 0, 0, { values: [1, 2, 3] })]));
    const start = await app.document();
    await selectNodes(app, "c");
    for (let i = 0; i < 10; i++) await app.press(i % 2 ? "KeyM" : "KeyC");
    // Nobody presses so fast; the keys are the same.
    await app.page.evaluate(() => {
      for (let i = 0; i < 600; i++) document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { ...(i % 2 ? { code: "KeyM", key: "m" } : { code: "KeyC", key: "c" }), bubbles: true, cancelable: true }));
    });
    await expect.poll(() => past(app), { timeout: 30_000 }).toBe(610);
    await command(app, "Duplicate");
    await expect.poll(() => past(app)).toBe(611);
    const end = await app.document();

    await app.press("Shift+KeyH");
    const list = app.dialog("History");
    await list.getByText("611 steps").waitFor();
    expect(await list.getByRole("button", { name: "Now" }).innerText()).toContain("Duplicate a node");
    await list.getByRole("button", { name: "Opened" }).click();
    await expect.poll(() => app.document()).toEqual(start);
    expect(await app.state()).toMatchObject({ past: 0, future: 611 });
    await list.locator("li").nth(5).getByRole("button").click();
    await expect.poll(() => past(app)).toBe(5);
    expect(await nodeOf(app, "c")).toMatchObject({ collapsed: true });
    expect((await nodeOf(app, "c")).muted ?? false).toBe(false);
    await list.locator("li").last().getByRole("button").click();
    await expect.poll(() => app.document()).toEqual(end);
    await app.press("Escape");
    await list.waitFor({ state: "detached" });
    // A step in another direction ends what could be redone.
    await app.press("$mod+KeyZ");
    await app.press("$mod+KeyZ");
    await app.press("$mod+KeyA");
    await app.press("Delete");
    await expect.poll(async () => (await app.document()).nodes.length).toBe(0);
    expect(await app.state()).toMatchObject({ past: 610, future: 0 });
  });
});
