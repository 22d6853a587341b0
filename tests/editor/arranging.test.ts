/** Selecting, moving, ordering, copying and grouping what is on the canvas. */
import { describe, expect, it } from "vitest";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { openEditor, type App } from "./app.ts";
import { boxOf, command, DISTANCE, drag, dragBy, graph, grip, middleOf, node, nodeOf, openGraph, overlap, positionOf, rectangle, selectNodes, still, view } from "./hands.ts";

const wires = async (app: App): Promise<string[]> => (await app.document()).wires.map((wire) => `${wire.from} -> ${wire.to}`).sort();
const comments = async (app: App) => (await app.document()).comments ?? [];
const mean = (app: App, key: string): Promise<number | undefined> => app.page.evaluate((name) => (globalThis as unknown as { patchbay: PageHandle }).patchbay.value(name)?.tensor?.mean, key);

async function open(document = DISTANCE): Promise<App> {
  const app = await openEditor();
  await openGraph(app, document);
  return app;
}

describe("selecting and moving", () => {
  it("takes one, several, those in a rectangle, all and none; and moves them as one step, on the grid", async () => {
    const app = await open();
    const selected = async (): Promise<string[]> => [...(await app.state()).selected].sort();
    await grip(app, "c1").click();
    await expect.poll(selected).toEqual(["c1"]);
    await grip(app, "l").click({ modifiers: ["Shift"] });
    await expect.poll(selected).toEqual(["c1", "l"]);
    await grip(app, "d").click({ modifiers: ["ControlOrMeta"] });
    await expect.poll(selected).toEqual(["c1", "d", "l"]);
    // One of several, pressed without a key, is meant alone.
    await grip(app, "d").click();
    await expect.poll(selected).toEqual(["d"]);
    await app.press("$mod+KeyA");
    await expect.poll(selected).toHaveLength(5);
    await app.press("Escape");
    await expect.poll(selected).toEqual([]);

    // A rectangle around the left column, drawn with Shift.
    const [a, b] = [await boxOf(app.node("c1")), await boxOf(app.node("c2"))];
    await app.page.keyboard.down("Shift");
    await app.region("Canvas").locator(".react-flow__pane.selection").waitFor();
    await rectangle(app, { x: a.x - 12, y: a.y - 12 }, { x: a.x + a.width / 2, y: b.y + b.height + 12 });
    await app.page.keyboard.up("Shift");
    await expect.poll(selected).toEqual(["c1", "c2"]);
    expect((await app.state()).past).toBe(0);

    const { zoom } = await view(app);
    const before = await app.document();
    await dragBy(app, grip(app, "c2"), 52 * zoom, 92 * zoom);
    await expect.poll(async () => (await app.state()).past).toBe(1);
    const after = await app.document();
    const moved = before.nodes.map(({ id, position }, i) => [id, after.nodes[i]!.position.x - position.x, after.nodes[i]!.position.y - position.y] as const);
    expect(moved.filter(([, dx, dy]) => dx || dy)).toEqual([["c1", 48, 88], ["c2", 48, 88]]);
    await app.button("Undo").click();
    await expect.poll(() => app.document()).toEqual(before);

    // Off the grid: anywhere.
    await app.region("Canvas").focus();
    await app.press("Shift+KeyS");
    await dragBy(app, grip(app, "v"), 51.3 * zoom, 0);
    await expect.poll(async () => (await positionOf(app, "v")).x).not.toBe(960);
    expect((await positionOf(app, "v")).x % 8).not.toBe(0);

    // By a drag without Shift where the canvas is told to select.
    await app.button("Dragging empty canvas moves it").click();
    const pane = app.region("Canvas").locator(".react-flow__pane");
    await pane.and(app.page.locator(".selection")).waitFor();
    await rectangle(app, { x: a.x - 12, y: a.y - 12 }, { x: a.x + a.width / 2, y: a.y + a.height / 2 });
    await expect.poll(selected).toEqual(["c1"]);
    await app.button("Dragging empty canvas selects").click();
    await pane.and(app.page.locator(":not(.selection)")).waitFor();
    const at = await view(app);
    await drag(app, { x: a.x - 12, y: a.y - 12 }, { x: a.x + 28, y: a.y + 8 });
    await expect.poll(async () => Math.round((await view(app)).x - at.x)).toBe(40);
  });

  it("aligns, spaces evenly, and arranges by itself without nodes lying on one another", async () => {
    const heap = graph(DISTANCE.nodes.map((n, i) => ({ ...n, position: { x: (i * 136) % 300, y: i * 40 } })), (DISTANCE.wires).map((w) => `${w.from} -> ${w.to}`));
    const app = await open(heap);
    await app.press("$mod+KeyA");
    const boxes = () => Promise.all(heap.nodes.map((n) => boxOf(app.node(n.id))));
    const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
    const sides: readonly [string, string, (b: Awaited<ReturnType<typeof boxOf>>) => number][] = [
      ["Alt+KeyA", "Align left", (b) => b.x], ["Alt+KeyD", "Align right", (b) => b.x + b.width], ["Alt+KeyH", "Align centres", (b) => b.x + b.width / 2],
      ["Alt+KeyW", "Align top", (b) => b.y], ["Alt+KeyS", "Align bottom", (b) => b.y + b.height], ["Alt+KeyV", "Align middles", (b) => b.y + b.height / 2],
    ];
    const start = await app.document();
    for (const [keys, title, side] of sides) {
      await expect.poll(async () => spread((await boxes()).map(side)), { message: title }).toBeGreaterThan(1);
      await app.press(keys);
      await expect.poll(async () => spread((await boxes()).map(side)), { message: title }).toBeLessThan(1.5);
      expect((await app.state()).past, title).toBe(1);
      await app.press("$mod+KeyZ");
      await expect.poll(() => app.document()).toEqual(start);
    }
    for (const [keys, at, size] of [["Alt+Shift+KeyH", "x", "width"], ["Alt+Shift+KeyV", "y", "height"]] as const) {
      const gaps = async (): Promise<number> => {
        const sorted = (await boxes()).sort((a, b) => a[at] + a[size] / 2 - b[at] - b[size] / 2);
        return spread(sorted.slice(1).map((box, i) => box[at] - sorted[i]![at] - sorted[i]![size]));
      };
      await expect.poll(() => app.document()).toEqual(start);
      await expect.poll(gaps).toBeGreaterThan(5);
      await app.press(keys);
      await expect.poll(gaps).toBeLessThan(2);
      await app.press("$mod+KeyZ");
    }
    await expect.poll(() => app.document()).toEqual(start);
    const pairs = async (): Promise<number> => {
      const all = await boxes();
      return all.flatMap((a, i) => all.slice(i + 1).map((b) => overlap(a, b))).filter(Boolean).length;
    };
    await expect.poll(pairs).toBeGreaterThan(2);
    await app.press("Escape");
    await app.press("$mod+Shift+KeyL");
    await expect.poll(async () => (await app.state()).past).toBe(1);
    await expect.poll(pairs).toBe(0);
    await still(app);
    // And the flow goes from left to right.
    const [c1, , l, d, v] = await boxes();
    expect(c1!.x + c1!.width).toBeLessThan(l!.x);
    expect(l!.x + l!.width).toBeLessThan(d!.x);
    expect(d!.x + d!.width).toBeLessThan(v!.x);
  });

  it("looks at all, at what is selected, nearer and farther, and shows the map or not", async () => {
    const app = await open();
    const seen = async (id: string): Promise<boolean> => {
      const [box, frame] = [await boxOf(app.node(id)), await boxOf(app.region("Canvas"))];
      return box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height;
    };
    const { zoom } = await view(app);
    await grip(app, "v").click();
    await app.press("Shift+KeyF");
    await expect.poll(async () => (await view(app)).zoom).toBeGreaterThan(zoom * 1.2);
    await expect.poll(() => seen("v")).toBe(true);
    await still(app);
    expect(await app.node("c1").isVisible().then((visible) => visible && seen("c1"))).toBe(false);
    await app.press("KeyF");
    await expect.poll(async () => Math.abs((await view(app)).zoom / zoom - 1)).toBeLessThan(0.02);
    for (const { id } of DISTANCE.nodes) await expect.poll(() => seen(id), { message: id }).toBe(true);
    await still(app);
    await app.press("$mod+Equal");
    await expect.poll(async () => (await view(app)).zoom / zoom).toBeCloseTo(1.25, 1);
    await app.press("$mod+Minus");
    await expect.poll(async () => (await view(app)).zoom / zoom).toBeCloseTo(1, 1);
    const map = app.page.getByRole("img", { name: "Minimap of 5 nodes" });
    expect(await map.isVisible()).toBe(true);
    // The map leads there.
    const box = await boxOf(map);
    const before = await view(app);
    await app.page.mouse.click(box.x + box.width - 20, box.y + box.height / 2);
    await expect.poll(async () => (await view(app)).x).toBeLessThan(before.x - 20);
    await app.region("Canvas").focus();
    await app.press("Digit4");
    await expect.poll(() => map.count()).toBe(0);
  });
});

describe("copying", () => {
  it("goes through the clipboard into another tab, with parameters, the wires between, and names of its own", async () => {
    const app = await open();
    const other = await openEditor({ context: app.context });
    await openGraph(other, graph([node("c1", "Constant", 0, 0, { values: [9] })], []));
    await app.page.bringToFront();
    await selectNodes(app, "c1", "l", "d");
    await app.press("$mod+KeyC");
    await other.page.bringToFront();
    await other.region("Canvas").focus();
    await other.press("$mod+KeyV");
    await expect.poll(async () => (await other.document()).nodes.map((n) => n.id)).toEqual(["c1", "c1-2", "l", "d"]);
    expect(await wires(other)).toEqual(["c1-2.value -> l.x", "l.y -> d.a"]);
    expect((await nodeOf(other, "c1-2")).params["values"]).toEqual([1, 2, 3]);
    expect((await nodeOf(other, "c1")).params["values"]).toEqual([9]);
    expect([...(await other.state()).selected].sort()).toEqual(["c1-2", "d", "l"]);
    expect((await other.state()).past).toBe(1);
    await other.press("$mod+KeyV");
    await expect.poll(async () => (await other.document()).nodes.length).toBe(7);
    expect(await wires(other)).toContain("c1-3.value -> l-2.x");
    expect(new Set((await other.document()).nodes.map((n) => n.id)).size).toBe(7);

    // Cut there, duplicated here; a text that is no graph changes nothing.
    await other.press("$mod+KeyX");
    await expect.poll(async () => (await other.document()).nodes.length).toBe(4);
    await app.page.bringToFront();
    await app.press("$mod+KeyD");
    await expect.poll(async () => (await app.document()).nodes.length).toBe(8);
    expect(await wires(app)).toContain("c1-2.value -> l-2.x");
    expect(await wires(app)).not.toContain("c2.value -> d-2.b");
    await app.press("$mod+KeyZ");
    await app.press("$mod+KeyA");
    await app.press("Escape");
    await selectNodes(app, "d");
    await app.press("$mod+Shift+KeyD");
    await expect.poll(() => wires(app)).toContain("c2.value -> d-2.b");
    await app.page.evaluate(() => navigator.clipboard.writeText("Not a graph."));
    const count = (await app.document()).nodes.length;
    await app.press("$mod+KeyV");
    await command(app, "Paste");
    await expect.poll(() => app.text("There are no nodes and no pictures in the clipboard.").isVisible()).toBe(true);
    expect((await app.document()).nodes.length).toBe(count);
  });
});

describe("frames and notes", () => {
  it("have a title, a colour and a text, and a frame takes its nodes along", async () => {
    const app = await open();
    await selectNodes(app, "c1", "l");
    await app.press("$mod+KeyG");
    await expect.poll(async () => (await comments(app)).map((c) => c.nodes)).toEqual([["c1", "l"]]);
    const frame = app.region("Canvas").locator("[data-comment='frame']");
    const [around, inside] = [await boxOf(frame), await boxOf(app.node("c1"))];
    expect(around.x).toBeLessThan(inside.x);
    expect(around.y).toBeLessThan(inside.y);

    await frame.locator(".pb-frame-title").dblclick();
    await app.page.keyboard.type("What is compared");
    await app.press("Enter");
    await expect.poll(async () => (await comments(app))[0]!.text).toBe("What is compared");
    expect((await app.state()).past).toBe(2);
    const painted = () => frame.evaluate((e) => getComputedStyle(e).backgroundColor);
    const before = await painted();
    await frame.locator(".pb-frame-title").click({ button: "right" });
    await app.page.getByRole("menuitem", { name: "Colour" }).click();
    await app.page.getByRole("menuitemcheckbox", { name: "Orange" }).or(app.page.getByRole("menuitem", { name: "Orange" })).first().click();
    await expect.poll(async () => (await comments(app))[0]!.color).toBe("orange");
    await expect.poll(painted).not.toBe(before);

    const start = await app.document();
    const { zoom } = await view(app);
    await dragBy(app, frame.locator(".pb-frame-title"), 82 * zoom, -163 * zoom);
    await expect.poll(() => positionOf(app, "l")).toEqual({ x: 400, y: -160 });
    expect(await positionOf(app, "c1")).toEqual({ x: 80, y: -160 });
    expect(await positionOf(app, "c2")).toEqual({ x: 0, y: 240 });
    expect((await comments(app))[0]!.position).toEqual({ x: start.comments![0]!.position.x + 80, y: start.comments![0]!.position.y - 160 });
    await app.button("Undo").click();
    await expect.poll(() => app.document()).toEqual(start);

    // A node dropped in it belongs to it, one that is pulled out no longer does.
    const box = await boxOf(frame);
    const c2 = await boxOf(grip(app, "c2"));
    await drag(app, { x: c2.x + 20, y: c2.y + c2.height / 2 }, { x: box.x + box.width / 2 - 60, y: box.y + box.height * 0.6 });
    await expect.poll(async () => (await comments(app))[0]!.nodes).toEqual(["c1", "l", "c2"]);
    await app.press("$mod+KeyZ");
    await expect.poll(() => app.document()).toEqual(start);
    await app.press("Escape");

    await app.page.mouse.move(box.x + 30, box.y - 60);
    await app.press("KeyN");
    await expect.poll(async () => (await comments(app)).length).toBe(2);
    const note = app.region("Canvas").locator("[data-comment='note']");
    await note.dblclick();
    await app.page.keyboard.type("Read this first.");
    await app.page.mouse.click(box.x + box.width + 40, box.y - 80);
    await expect.poll(async () => (await comments(app))[1]!.text).toBe("Read this first.");
    await expect.poll(() => note.innerText()).toBe("Read this first.");
    // A frame that is taken away leaves what is in it.
    await frame.locator(".pb-frame-title").click();
    await app.press("Delete");
    await expect.poll(async () => (await comments(app)).map((c) => c.id)).toEqual(["note"]);
    expect((await app.document()).nodes).toHaveLength(5);
  });
});

describe("subgraphs and nodes that are led around", () => {
  it("make one node of several, that is entered, edited, left, run with the same result, and unpacked", async () => {
    const app = await open();
    await app.run();
    const value = (await mean(app, "d.distance"))!;
    expect(value).toBeCloseTo(Math.hypot(4 - 1 / Math.sqrt(14), 6 - 2 / Math.sqrt(14), 3 - 3 / Math.sqrt(14)), 4);

    await selectNodes(app, "l", "d");
    await app.press("$mod+Shift+KeyG");
    await expect.poll(async () => (await app.document()).nodes.map((n) => n.id).sort()).toEqual(["c1", "c2", "subgraph", "v"]);
    const ends = await wires(app);
    expect(ends.map((wire) => wire.replace(/subgraph\.\w+/, "subgraph"))).toEqual(["c1.value -> subgraph", "c2.value -> subgraph", "subgraph -> v.value"]);
    const { interface: { inputs, outputs } } = (await nodeOf(app, "subgraph")).graph!;
    expect(inputs.map(({ node, port }) => `${node}.${port}`).sort()).toEqual(["d.b", "l.x"]);
    expect(outputs.map(({ node, port }) => `${node}.${port}`)).toEqual(["d.distance"]);
    await expect.poll(() => app.node("subgraph").locator("[data-port]").count()).toBe(3);
    await app.run();
    expect(await mean(app, "subgraph/d.distance")).toBeCloseTo(value, 5);

    await grip(app, "subgraph").dblclick();
    await expect.poll(async () => (await app.state()).scope).toEqual(["subgraph"]);
    const crumbs = app.page.getByRole("navigation", { name: "Subgraph" });
    await expect.poll(async () => (await crumbs.innerText()).replace(/\s+/g, " ")).toBe("Far apart Subgraph");
    await app.node("l").waitFor();
    await expect.poll(() => app.nodes.count()).toBe(2);
    await still(app);
    await selectNodes(app, "l");
    await app.press("KeyM");
    await expect.poll(async () => (await nodeOf(app, "subgraph")).graph!.nodes.find((n) => n.id === "l")!.muted).toBe(true);
    await crumbs.getByRole("button", { name: "Far apart" }).click();
    await expect.poll(async () => (await app.state()).scope).toEqual([]);
    await app.run();
    expect(await mean(app, "subgraph/d.distance")).toBeCloseTo(5, 5);
    // Into it and out of it by keys.
    await selectNodes(app, "subgraph");
    await app.press("$mod+ArrowDown");
    await expect.poll(async () => (await app.state()).scope).toEqual(["subgraph"]);
    await app.press("$mod+ArrowUp");
    await expect.poll(async () => (await app.state()).scope).toEqual([]);
    expect((await app.state()).selected).toEqual(["subgraph"]);

    await app.press("$mod+Shift+KeyU");
    await expect.poll(() => wires(app)).toEqual(DISTANCE.wires.map((wire) => `${wire.from} -> ${wire.to}`).sort());
    expect((await nodeOf(app, "l")).muted).toBe(true);
    for (const { id, position } of DISTANCE.nodes) expect(await positionOf(app, id), id).toEqual(position);
    await app.run();
    expect(await mean(app, "d.distance")).toBeCloseTo(5, 5);
  });

  it("reroute points pass shape and value on, a muted node lets its input through, a collapsed one shows its title alone", async () => {
    const app = await open();
    const at = await middleOf(app, "c2.value -> d.b");
    await app.page.mouse.click(at.x, at.y);
    await app.press("KeyR");
    await expect.poll(async () => (await app.document()).nodes.some((n) => n.type === "Reroute")).toBe(true);
    const { id } = (await app.document()).nodes.find((n) => n.type === "Reroute")!;
    expect(await wires(app)).toEqual(expect.arrayContaining([`c2.value -> ${id}.in`, `${id}.out -> d.b`]));
    expect((await app.state()).past).toBe(1);
    await app.run();
    const label = (key: string): Promise<string> => app.region("Canvas").locator(`.react-flow__edge[data-id="${key}"] .pb-wire-label`).textContent() as Promise<string>;
    expect(await label(`c2.value -> ${id}.in`)).toMatch(/3/);
    expect(await label(`${id}.out -> d.b`)).toBe(await label(`c2.value -> ${id}.in`));
    const before = (await mean(app, "d.distance"))!;
    expect(before).toBeCloseTo(6.974, 2);

    await selectNodes(app, "l");
    await app.press("KeyM");
    await expect.poll(async () => (await nodeOf(app, "l")).muted).toBe(true);
    await expect.poll(() => app.node("l").locator("[data-muted]").count()).toBe(1);
    await app.run();
    expect(await mean(app, "d.distance")).toBeCloseTo(5, 5);

    const height = async (): Promise<number> => (await boxOf(app.node("l"))).height;
    const open_ = await height();
    await app.press("KeyC");
    await expect.poll(async () => (await nodeOf(app, "l")).collapsed).toBe(true);
    await expect.poll(height).toBeLessThan(open_ * 0.7);
    expect(await app.node("l").getByText("L2", { exact: false }).first().isVisible()).toBe(true);
    // Its wires still end at it.
    await app.node("l").getByRole("button", { name: /^Expand/ }).click();
    await expect.poll(height).toBeCloseTo(open_, 0);
  });
});
