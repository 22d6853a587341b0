/** Wires: what may be connected, what stands on a wire, and every way to make, move and remove one. */
import { describe, expect, it } from "vitest";
import { openEditor, type App } from "./app.ts";
import { boxOf, drag, DISTANCE, graph, grip, node, nodeOf, openGraph, view } from "./hands.ts";
import { drawWire, labelOf, middleOf, middleOfWire, notices, onScreen, pastOf, port, portPlace, pull, spoken, wire, wiresOf, type Point } from "./wiring.ts";

/** A picture chain, a distance, and a convolution that does not get what it needs. */
const MIXED = graph(
  [
    node("paint", "Pattern", 0, 0, { width: 64, height: 48 }), node("small", "Resize", 400, 0, { mode: "exact", width: 32, height: 24 }), node("out", "ImageOutput", 800, 0),
    node("c1", "Constant", 0, 420, { values: [1, 2, 3] }), node("c2", "Constant", 0, 660, { values: [4, 6, 3] }), node("d", "Distance", 400, 420), node("conv", "Conv2D", 400, 660), node("v", "ValueOutput", 800, 420),
  ],
  ["c1.value -> d.a", "c2.value -> d.b", "c2.value -> conv.input"],
  { title: "Mixed" },
);

async function open(document = MIXED): Promise<App> {
  const app = await openEditor();
  await openGraph(app, document);
  return app;
}
const why = (app: App) => app.page.locator(".pb-connection-why");
const problem = (app: App, from: string, to: string) => wire(app, from, to).locator(".pb-wire").getAttribute("data-problem");
const setNumber = async (app: App, id: string, label: string, value: string): Promise<void> => {
  const field = app.node(id).getByLabel(label, { exact: true }).first();
  await field.click();
  await field.fill(value);
  await app.press("Enter");
};

describe("drawing a wire", () => {
  it("ports are told apart by colour and shape, as the legend says", async () => {
    const app = await open();
    await app.page.getByRole("button", { name: "Legend" }).click();
    const [legend, ports] = await app.page.evaluate(() => {
      const look = (e: Element) => ({ kind: e.getAttribute("data-kind"), shape: `${e.querySelector(".pb-mark-shape")!.getAttribute("d")} ${e.querySelector(".pb-mark-hole") !== null}`, colour: getComputedStyle(e).getPropertyValue("--kind"), title: e.textContent });
      return [[...document.querySelectorAll(".pb-legend li")].slice(0, 8).map(look), [...document.querySelectorAll("[data-node] [data-port]")].map(look)];
    });
    expect(legend.map(({ title }) => title)).toEqual(["Pictures", "Faces", "Encodings, galleries", "Activations", "Tensors", "Losses, distances", "Decisions, identities", "Networks, curves, tables"]);
    expect(new Set(legend.map(({ shape }) => shape)).size).toBe(8);
    expect(new Set(legend.map(({ colour }) => colour)).size).toBe(8);
    expect(ports.length).toBeGreaterThan(12);
    expect(new Set(ports.map(({ kind }) => kind)).size).toBeGreaterThan(4);
    for (const { kind, shape, colour } of ports) expect({ shape, colour }).toEqual((({ shape, colour }) => ({ shape, colour }))(legend.find((entry) => entry.kind === kind)!));
  });

  it("lights up what fits, says why the rest does not, and connects in one step; a loop is refused", async () => {
    const app = await open();
    await pull(app, await portPlace(app, "paint.image", "output"), await portPlace(app, "d.a", "input"));
    for (const [id, name, fit] of [["small", "image", "yes"], ["out", "image", "yes"], ["d", "a", "no"], ["d", "b", "no"]] as const) await expect.poll(() => port(app, id, name, "input").getAttribute("data-fit"), { message: `${id}.${name}` }).toBe(fit);
    await expect.poll(() => why(app).textContent()).toBe("This input takes an encoding [N,C]; this wire carries an image of 64×48.");
    expect(await port(app, "d", "a", "input").getAttribute("aria-label")).toContain("this wire carries an image");
    const [lit, dark] = await Promise.all([port(app, "small", "image", "input"), port(app, "d", "b", "input")].map((p) => p.evaluate((e) => getComputedStyle(e.querySelector("svg")!).filter + getComputedStyle(e).opacity + getComputedStyle(e).transform + getComputedStyle(e).scale)));
    expect(lit).not.toBe(dark);
    await app.page.mouse.up();
    expect([await pastOf(app), await app.page.getByRole("dialog").count()]).toEqual([0, 0]);

    // Dropped on the node as a whole: its fitting port.
    await pull(app, await portPlace(app, "paint.image", "output"), await middleOf(grip(app, "small")));
    await app.page.mouse.up();
    await expect.poll(() => wiresOf(app)).toContain("paint.image -> small.image");
    // From an input to an output goes as well.
    await pull(app, await portPlace(app, "out.image", "input"), await portPlace(app, "small.image", "output"));
    await expect.poll(() => port(app, "c1", "value", "output").getAttribute("data-fit")).toBe("no");
    await app.page.mouse.up();
    await expect.poll(() => wiresOf(app)).toContain("small.image -> out.image");
    expect(await pastOf(app)).toBe(2);

    await pull(app, await portPlace(app, "small.image", "output"), await portPlace(app, "small.image", "input"));
    await expect.poll(() => why(app).textContent()).toBe("A node cannot be fed by itself.");
    await app.page.mouse.up();
    await pull(app, await portPlace(app, "out.image", "output"), await portPlace(app, "small.image", "input"));
    await expect.poll(() => why(app).textContent()).toBe("That would be a loop: Image output already needs what Resize gives.");
    await app.page.mouse.up();
    expect(await pastOf(app)).toBe(2);
    // Escape in the middle of it.
    await pull(app, await portPlace(app, "d.distance", "output"), await portPlace(app, "v.value", "input"));
    await app.press("Escape");
    await app.page.mouse.up();
    expect([await pastOf(app), await app.page.getByRole("dialog").count()]).toEqual([2, 0]);
    await app.button("Undo").click();
    await expect.poll(() => wiresOf(app)).not.toContain("small.image -> out.image");
  });
});

describe("what stands on a wire", () => {
  it("its dtype and shape, before anything ran, live; where it does not fit it is red with the sentence", async () => {
    const app = await open();
    await drawWire(app, "paint.image", "small.image");
    await drawWire(app, "small.image", "out.image");
    await expect.poll(() => labelOf(wire(app, "paint.image", "small.image"))).toBe("image 64×48");
    await expect.poll(() => labelOf(wire(app, "small.image", "out.image"))).toMatch(/float32.*\[1,24,32,3\]|\[1,24,32,3\].*float32/);
    await setNumber(app, "small", "Width, in px", "40");
    await expect.poll(() => labelOf(wire(app, "small.image", "out.image"))).toContain("[1,24,40,3]");
    await expect.poll(() => wire(app, "small.image", "out.image").getAttribute("aria-label")).toBe("Wire from small.image to out.image, float32 [1,24,40,3]");
    expect((await app.state()).runs).toBe(0);

    // A graph may come with a wire that does not fit …
    expect(await problem(app, "c2.value", "conv.input")).toBe("true");
    const said = "Conv2D takes a tensor [N,H,W,C] at “input”; this wire carries a tensor [3].";
    await expect.poll(() => app.page.locator(".pb-wire-why").first().textContent()).toContain(said);
    expect(await wire(app, "c2.value", "conv.input").getAttribute("aria-label")).toContain(said);
    const stroke = (from: string, to: string) => wire(app, from, to).locator(".pb-wire-line").evaluate((line) => getComputedStyle(line).stroke);
    const red = await app.page.evaluate(() => {
      const probe = document.querySelector(".pb-root")!.appendChild(document.createElement("i"));
      probe.style.color = "var(--pb-error)";
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
    expect([await stroke("c2.value", "conv.input"), await stroke("c1.value", "d.a")]).toEqual([red, expect.not.stringContaining(red)]);

    // … and a parameter further up may make one of a good one; the other way round too.
    expect(await problem(app, "c2.value", "d.b")).toBeNull();
    await setNumber(app, "c2", "Values", "4, 6");
    await expect.poll(async () => [await problem(app, "c1.value", "d.a"), await problem(app, "c2.value", "d.b")]).toContain("true");
    await expect.poll(() => app.page.locator(".pb-wire-why").allTextContents().then(String)).toContain("Distance takes an encoding");
    await setNumber(app, "c1", "Values", "1, 1");
    await expect.poll(async () => [await problem(app, "c1.value", "d.a"), await problem(app, "c2.value", "d.b")]).toEqual([null, null]);
    expect(await labelOf(wire(app, "c1.value", "d.a"))).toContain("[2]");
  });
});

describe("changing wires", () => {
  it("an end is dragged to another port, or off; a node is put on a wire, and Alt heals where one is deleted: one step each", async () => {
    const app = await open(graph(
      [node("c1", "Constant", 0, 0, { values: [1, 2, 3] }), node("c2", "Constant", 0, 240, { values: [4, 6, 3] }), node("d", "Distance", 480, 0), node("l", "L2Normalise", 200, 480), node("v", "ValueOutput", 860, 0), node("w", "ValueOutput", 860, 240)],
      ["c1.value -> d.a", "c2.value -> d.b", "d.distance -> v.value"],
    ));
    // By the grip that a wire shows under the pointer.
    await app.page.mouse.move(...(Object.values(await middleOfWire(wire(app, "d.distance", "v.value"))) as [number, number]));
    const target = wire(app, "d.distance", "v.value").locator('[data-grip="target"]');
    await target.waitFor();
    await drag(app, await middleOf(target), await portPlace(app, "w.value", "input"));
    await expect.poll(() => wiresOf(app)).toEqual(["c1.value -> d.a", "c2.value -> d.b", "d.distance -> w.value"]);
    expect(await pastOf(app)).toBe(1);
    // By the input where it ends; a picture would not fit, an encoding does.
    await drag(app, await portPlace(app, "d.b", "input"), await portPlace(app, "l.x", "input"));
    await expect.poll(() => wiresOf(app)).toContain("c2.value -> l.x");
    expect([await pastOf(app), (await wiresOf(app)).length]).toEqual([2, 3]);
    await app.button("Undo").click();
    // Back to where it was: nothing happened.
    const place = await portPlace(app, "d.b", "input");
    await pull(app, place, { x: place.x - 60, y: place.y + 30 });
    await app.page.mouse.move(place.x, place.y);
    await app.page.mouse.up();
    expect(await pastOf(app)).toBe(1);
    // To nothing: it is gone.
    await drag(app, await portPlace(app, "w.value", "input"), await onScreen(app, { x: 600, y: 330 }));
    await expect.poll(() => wiresOf(app)).toEqual(["c1.value -> d.a", "c2.value -> d.b"]);
    expect([await pastOf(app), await app.page.getByRole("dialog").count()]).toEqual([2, 0]);
    await app.button("Undo").click();
    await app.button("Undo").click();
    await expect.poll(() => wiresOf(app)).toEqual(["c1.value -> d.a", "c2.value -> d.b", "d.distance -> v.value"]);

    // A node that stands there already, put on the wire.
    const held = await middleOf(grip(app, "l"));
    const { x, y, width, height } = await boxOf(app.node("l"));
    const onto = await middleOfWire(wire(app, "c1.value", "d.a"));
    const to = { x: held.x + onto.x - (x + width / 2), y: held.y + onto.y - (y + height / 2) };
    await pull(app, held, to);
    await expect.poll(() => wire(app, "c1.value", "d.a").locator(".pb-wire").getAttribute("data-drop")).toBe("true");
    await app.page.mouse.up();
    await expect.poll(() => wiresOf(app)).toEqual(["c1.value -> l.x", "c2.value -> d.b", "d.distance -> v.value", "l.y -> d.a"]);
    expect(await pastOf(app)).toBe(1);

    await grip(app, "l").click();
    await app.press("Alt+Delete");
    await expect.poll(() => wiresOf(app)).toEqual(["c1.value -> d.a", "c2.value -> d.b", "d.distance -> v.value"]);
    expect([await pastOf(app), (await app.document()).nodes.length]).toEqual([2, 5]);
    await app.button("Undo").click();
    await expect.poll(async () => (await wiresOf(app)).length).toBe(4);
    // Without Alt the gap stays.
    await grip(app, "l").click();
    await app.press("Delete");
    await expect.poll(() => wiresOf(app)).toEqual(["c2.value -> d.b", "d.distance -> v.value"]);
    await app.button("Undo").click();
    await app.button("Undo").click();
    await expect.poll(async () => (await nodeOf(app, "l")).position).toEqual({ x: 200, y: 480 });
    expect(await pastOf(app)).toBe(0);
  });

  it("goes inside a subgraph too, near and from afar", async () => {
    const inner = graph([node("a", "L2Normalise", 0, 0), node("b", "L2Normalise", 400, 0), node("c", "L2Normalise", 800, 0)], ["a.y -> b.x"]);
    const app = await open(graph(
      [node("k", "Constant", 0, 0, { values: [3, 4] }), { ...node("sub", "Subgraph", 400, 0), graph: { nodes: inner.nodes, wires: inner.wires, interface: { inputs: [{ name: "x", node: "a", port: "x" }], outputs: [{ name: "y", node: "c", port: "y" }] } } } as never],
      ["k.value -> sub.x"],
    ));
    await app.node("sub").getByRole("button", { name: /^Enter/ }).click();
    await app.node("b").waitFor();
    await expect.poll(() => labelOf(wire(app, "a.y", "b.x"))).toBe("float32 [2]");
    const inside = async (): Promise<string[]> => (await app.document()).nodes.find((n) => n.id === "sub")!.graph!.wires.map((w) => `${w.from} -> ${w.to}`).sort();
    for (const wanted of [1.7, 0.25]) {
      // Around the middle of the gap, so that both ports stay in sight.
      const [from, to] = [await portPlace(app, "b.y", "output"), await portPlace(app, "c.x", "input")];
      await app.page.mouse.move((from.x + to.x) / 2, from.y + 60);
      await expect.poll(async () => {
        const { zoom } = await view(app);
        const closer = wanted > 1;
        if (closer ? zoom < wanted : zoom > wanted) await app.page.mouse.wheel(0, closer ? -120 : 120);
        return closer ? zoom >= wanted : zoom <= wanted;
      }, { interval: 80 }).toBe(true);
      await drawWire(app, "b.y", "c.x");
      await expect.poll(inside).toEqual(["a.y -> b.x", "b.y -> c.x"]);
      await app.button("Undo").click();
      await expect.poll(inside).toEqual(["a.y -> b.x"]);
    }
  });
});

describe("without a mouse", () => {
  it("a finger taps one port and then another, and two fingers zoom", async () => {
    const app = await openEditor({ touch: true, viewport: { width: 1100, height: 800 } });
    await openGraph(app, MIXED);
    const tap = async (end: string, side: "input" | "output"): Promise<void> => {
      const { x, y } = await portPlace(app, end, side);
      await app.page.touchscreen.tap(x, y);
    };
    await tap("paint.image", "output");
    await expect.poll(() => port(app, "small", "image", "input").getAttribute("data-fit")).toBe("yes");
    await tap("small.image", "input");
    await expect.poll(() => wiresOf(app)).toContain("paint.image -> small.image");
    // On one that does not fit, and beside everything, the attempt ends.
    await tap("paint.image", "output");
    await tap("d.a", "input");
    await expect.poll(() => port(app, "small", "image", "input").getAttribute("data-fit")).toBeNull();
    expect(await pastOf(app)).toBe(1);

    const session = await app.context.newCDPSession(app.page);
    const fingers = ({ x, y }: Point, apart: number) => [{ x: x - apart, y, id: 1 }, { x: x + apart, y, id: 2 }];
    const pinch = async (at: Point): Promise<void> => {
      const before = (await view(app)).zoom;
      await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(at, 15) });
      for (const apart of [18, 22, 26, 30]) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(at, apart) });
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await expect.poll(async () => (await view(app)).zoom / before).toBeGreaterThan(1.6);
    };
    // Also with both fingers on a node, which stays where it is.
    await pinch(await middleOf(grip(app, "d")));
    await pinch(await onScreen(app, { x: 324, y: 300 }));
    expect(await pastOf(app)).toBe(1);
  });

  it("the keyboard alone builds a pipeline from nothing, connects it, changes it and runs it", async () => {
    const app = await openEditor();
    const { keyboard } = app.page;
    const add = async (word: string, id: string): Promise<void> => {
      await app.press("Space");
      await app.dialog("Add a node").waitFor();
      await keyboard.type(word);
      await app.press("Enter");
      await expect.poll(() => app.page.evaluate(() => document.activeElement?.getAttribute("data-node"))).toBe(id);
    };
    const focused = () => app.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    await app.region("Canvas").focus();
    await add("pattern", "pattern");
    await add("resize", "resize");
    await add("image output", "image-output");

    // New ones stand beside one another, so that arrows lead from each to the next.
    const places = await Promise.all(["pattern", "resize", "image-output"].map((id) => boxOf(app.node(id))));
    for (const [i, a] of places.entries()) for (const b of places.slice(i + 1)) expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);

    await app.press("Home");
    await expect.poll(focused).toContain("Pattern, pattern");
    // Into its ports, and from its output to the one that fits best.
    await app.press("Enter");
    await expect.poll(focused).toMatch(/^Output image of Pattern/);
    await app.press("Enter");
    await expect.poll(() => spoken(app)).toMatch(/^Connecting from image of Pattern\. 2 ports fit\. Arrow keys choose/);
    await app.press("ArrowRight");
    await expect.poll(() => spoken(app)).toMatch(/^image of (Resize|Image output)/);
    if (!(await spoken(app)).includes("Resize")) await app.press("ArrowRight");
    await expect.poll(() => spoken(app)).toBe("image of Resize.");
    await app.press("Enter");
    await expect.poll(() => spoken(app)).toBe("Connected Pattern to Resize.");
    await expect.poll(() => wiresOf(app)).toEqual(["pattern.image -> resize.image"]);

    await expect.poll(focused).toContain("Resize, resize");
    await app.press("Enter");
    await expect.poll(focused).toBe("Input image of Resize, image 384×288, connected");
    await app.press("ArrowRight");
    await expect.poll(focused).toMatch(/^Output image of Resize/);
    await app.press("Enter");
    await app.press("ArrowRight");
    await app.press("Enter");
    await expect.poll(() => wiresOf(app)).toEqual(["pattern.image -> resize.image", "resize.image -> image-output.image"]);

    // A parameter, inside the node.
    await expect.poll(focused).toContain("Image output, image-output");
    await app.press("Escape");
    await app.press("Home");
    await expect.poll(focused).toContain("Pattern, pattern");
    await app.press("Enter");
    for (let i = 0; i < 12 && !(await focused()).startsWith("Width"); i++) await app.press("Tab");
    expect(await focused()).toMatch(/^Width/);
    await app.press("$mod+KeyA");
    await keyboard.type("96");
    await app.press("Enter");
    await expect.poll(async () => (await nodeOf(app, "pattern")).params?.["width"]).toBe(96);
    await app.press("Escape");
    await app.press("$mod+Enter");
    await expect.poll(async () => (await app.state()).runs).toBe(1);
    await app.idle();
    expect((await app.state()).problems).toEqual([]);
    // To what came out of it, which stands out of sight.
    await app.press("End");
    await expect.poll(focused).toContain("Image output, image-output");
    await expect.poll(() => app.node("image-output").locator("img, canvas").count()).toBeGreaterThan(0);
    await expect.poll(() => app.node("image-output").getByRole("group").getAttribute("aria-label")).toContain("done");

    // A wire is taken away where it ends.
    await app.region("Canvas").focus();
    await app.press("Home");
    await expect.poll(focused).toContain("Pattern, pattern");
    await app.press("Enter");
    await app.press("Delete");
    await expect.poll(() => spoken(app)).toBe("Wire removed.");
    await expect.poll(() => wiresOf(app)).toEqual(["resize.image -> image-output.image"]);
  });
});

describe("a graph that is open in another tab", () => {
  it("is only looked at: nothing changes it, and every attempt says why", async () => {
    const app = await open(DISTANCE);
    await app.saved();
    const second = await openEditor({ context: app.context });
    await second.node("d").waitFor();
    const before = await second.document();
    const text = () => notices(second).allTextContents().then(String);
    const told = async (attempt: () => Promise<void>, label: string): Promise<void> => {
      await attempt();
      await expect.poll(text, { message: label }).toContain("another tab");
      for (const close of await notices(second).getByRole("button", { name: /Dismiss|Close/ }).all()) await close.click().catch(() => {});
      expect(await second.document(), label).toEqual(before);
    };
    await told(async () => {
      await pull(second, await portPlace(second, "c1.value", "output"), await portPlace(second, "d.b", "input"));
      await second.page.mouse.up();
    }, "a wire");
    await told(async () => {
      await grip(second, "d").click();
      await second.press("Delete");
    }, "Delete");
    await told(async () => second.press("$mod+KeyD"), "Duplicate");
    await told(async () => {
      await second.page.evaluate(() => navigator.clipboard.write([new ClipboardItem({ "text/plain": new Blob(["x"], { type: "text/plain" }) })]));
      await second.drop(second.region("Canvas"), [{ name: "beat.csv", type: "text/csv", bytes: new TextEncoder().encode("1\n2\n") }]);
    }, "a file");
    // By hand and by form: it stays where it is, fields are closed, the palette says why.
    await drag(second, await middleOf(grip(second, "v")), await onScreen(second, { x: 960, y: 400 }));
    expect(await second.document()).toEqual(before);
    expect(await second.node("c1").getByLabel("Values", { exact: true }).first().isDisabled()).toBe(true);
    expect([await second.button("Undo").isDisabled(), await second.region("Node library").locator("[data-node-type]").first().getAttribute("aria-disabled")]).toEqual([true, "true"]);
    await second.region("Canvas").focus();
    await second.press("Slash");
    await expect.poll(() => second.dialog("Add a node").textContent()).toContain("another tab");
    await second.press("Escape");
    // It follows what the first one does.
    await grip(app, "v").click();
    await app.press("Delete");
    await expect.poll(() => second.node("v").count()).toBe(0);
  });
});
