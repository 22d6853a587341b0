/** Runs as people start, watch and stop them: what is computed, what nodes say meanwhile, where errors stand, and a page that answers all the time. */
import { describe, expect, it } from "vitest";
import { openEditor, type App } from "./app.ts";
import { command, graph, node, openGraph, selectNodes, view } from "./hands.ts";
import { longestFrame, phaseOf, phasesOf, reachStep, setNumber, stepOf, value, watched, watchRun } from "./watching.ts";

const finished = async (app: App, runs: number): Promise<void> => {
  await expect.poll(async () => (await app.state()).runs).toBe(runs);
  await app.idle();
};

/** Two small rows, so that one can run without the other. */
const ROWS = graph(
  [
    node("beat", "Signal", 0, 0, { length: 32 }), node("beat-conv", "Conv1D", 340, 0, { filters: 4 }), node("beat-act", "Activation", 680, 0),
    node("scan", "Volume", 0, 420), node("scan-conv", "Conv3D", 340, 420, { filters: 2 }),
  ],
  ["beat.signal -> beat-conv.input", "beat-conv.output -> beat-act.input", "scan.volume -> scan-conv.input"],
  { title: "Rows" },
);
const ALL = ROWS.nodes.map((n) => n.id);

/** Two faces that are not there, and a row that is well. */
const FACELESS = graph(
  [
    ...["a", "b"].flatMap((row, i) => [
      node(`${row}-paint`, "Pattern", 0, 460 * i, { width: 64, height: 64, seed: i }), node(`${row}-faces`, "FaceDetector", 340, 460 * i, { network: "tiny", landmarks: "tiny", closeUps: false }), node(`${row}-chip`, "FaceAlign", 680, 460 * i),
    ]),
    node("well", "Pattern", 0, 920, { width: 64, height: 64 }), node("size", "Resize", 340, 920, { width: 32 }),
  ],
  [...["a", "b"].flatMap((row) => [`${row}-paint.image -> ${row}-faces.image`, `${row}-faces.faces -> ${row}-chip.faces`]), "well.image -> size.image"],
  { title: "Faceless" },
);

describe("what is computed", () => {
  it("is one node with what it needs, then a selection, then everything, each only where it is new; nodes say what they do", async () => {
    const app = await openEditor();
    await openGraph(app, ROWS);
    expect(await phasesOf(app, ALL)).toEqual(Object.fromEntries(ALL.map((id) => [id, "idle"])));
    await watchRun(app);

    await selectNodes(app, "beat-conv");
    await app.press("$mod+Shift+Enter");
    await finished(app, 1);
    await expect.poll(() => phasesOf(app, ALL)).toEqual({ beat: "done", "beat-conv": "done", "beat-act": "idle", scan: "idle", "scan-conv": "idle" });
    expect(await value(app, "scan.volume")).toBeNull();

    await selectNodes(app, "beat-act", "scan");
    await app.button("What to compute").click();
    await app.page.getByRole("menuitem", { name: /Run selection/ }).click();
    await finished(app, 2);
    await expect.poll(() => phasesOf(app, ALL)).toEqual({ beat: "cached", "beat-conv": "cached", "beat-act": "done", scan: "done", "scan-conv": "idle" });

    await app.run();
    await expect.poll(() => phasesOf(app, ALL)).toEqual({ beat: "cached", "beat-conv": "cached", "beat-act": "cached", scan: "cached", "scan-conv": "done" });
    // Not by name alone: the words stand on the nodes.
    expect(await app.node("scan").locator(".pb-run").innerText()).toMatch(/cached/i);
    expect(await app.node("scan-conv").locator(".pb-run").innerText()).toMatch(/\d+(\.\d+)? m?s/);
    const said = (await watched(app)).names.filter((n) => n.node === "beat-conv").map((n) => /queued|running|done|cached/.exec(n.name)?.[0]);
    expect(said.slice(0, 8).filter(Boolean).join(" ")).toMatch(/^(queued )?running done/);
  });
});

describe("errors while running", () => {
  it("stand on all nodes that failed and in Problems, which jumps there; the rest is computed all the same", async () => {
    const app = await openEditor();
    await openGraph(app, FACELESS);
    await app.button("Run").click();
    await finished(app, 1);
    for (const id of ["a-chip", "b-chip"]) {
      await expect.poll(() => app.node(id).locator(".pb-node").getAttribute("aria-label")).toMatch(/failed, one problem/);
      expect(await app.node(id).locator(".pb-run").innerText()).toMatch(/failed/i);
      expect(await app.node(id).getByRole("button", { name: /^Problem: / }).getAttribute("aria-label")).toMatch(/no face/i);
    }
    await expect.poll(() => phaseOf(app, "size")).toBe("done");
    expect((await app.state()).problems).toHaveLength(2);

    // The panel has opened by itself. From far away, each entry leads to its node.
    const problems = app.region("Problems");
    const entries = problems.getByRole("listitem");
    await expect.poll(() => entries.count()).toBe(2);
    for (const [i, id] of ["a-chip", "b-chip"].entries()) {
      await app.region("Canvas").hover();
      await command(app, "Zoom in");
      await app.page.mouse.wheel(3000, -3000);
      await expect.poll(async () => (await app.node(id).count()) && (await app.node(id).evaluate((e) => e.getBoundingClientRect().left > 0))).toBeFalsy();
      const before = await view(app);
      await entries.nth(i).getByRole("button").first().click();
      await expect.poll(async () => (await app.state()).selected).toEqual([id]);
      await expect.poll(() => view(app)).not.toEqual(before);
      await expect.poll(async () => {
        const [on, canvas] = [await app.node(id).boundingBox(), await app.region("Canvas").boundingBox()];
        return on !== null && on.x >= canvas!.x && on.y >= canvas!.y && on.x + on.width <= canvas!.x + canvas!.width;
      }).toBe(true);
    }
  });
});

describe("a long computation", () => {
  it("never holds up the page, is stopped in the middle of a kernel, and goes on from there", async () => {
    const app = await openEditor({ example: "style-transfer" });
    await app.node("paint").waitFor();
    for (const id of ["content-size", "style-size"]) await setNumber(app, id, "width", 768);
    await watchRun(app, "paint");
    await app.button("Run").click();
    await reachStep(app, "paint", 2);

    // A dialog opens and closes while the third step is computed.
    await app.button("Examples").click();
    await app.dialog().waitFor();
    await app.press("Escape");
    await app.dialog().waitFor({ state: "detached" });
    const answeredDuring = await stepOf(app, "paint");
    await reachStep(app, "paint", answeredDuring + 1);
    const running = await watched(app);
    // What waits for its turn says so as well.
    expect(running.names.some((n) => n.node === "curves" && n.name.includes("queued"))).toBe(true);
    const at = (step: number): number => running.names.find((n) => n.node === "paint" && n.name.includes(`step ${step} `))!.at;
    const step = at(2) - at(1);
    expect(longestFrame(running, at(1), at(2))).toBeLessThan(step / 2);
    expect(answeredDuring).toBeLessThanOrEqual(3);

    // At the beginning of a step: Stop is answered long before the kernel ends, and the engine is ended in the middle of it.
    const worker = app.page.workers()[0]!;
    let isEnded = false;
    worker.on("close", () => (isEnded = true));
    await app.button("Stop").click();
    await app.idle();
    const reached = Math.max(...(await watched(app)).names.filter((n) => n.node === "paint").map((n) => Number(/step (\d+)/.exec(n.name)?.[1] ?? 0)));
    const [stop] = (await watched(app)).stops;
    await expect.poll(async () => Number.isNaN((await watched(app)).stops[0]!.idle)).toBe(false);
    const answer = (await watched(app)).stops[0]!.idle - stop!.pressed;
    expect(answer).toBeLessThan(step / 3);
    await expect.poll(() => isEnded, { timeout: 20_000 }).toBe(true);
    expect(await app.button("Run").isEnabled()).toBe(true);

    // Another engine goes on where that one was: with the curves of the steps before.
    await app.button("What to compute").click();
    await app.page.getByRole("menuitem", { name: /^Continue/ }).click();
    await expect.poll(() => stepOf(app, "paint"), { timeout: 150_000, interval: 20 }).toBeGreaterThan(reached);
    const again = (await watched(app)).names.filter((n) => n.node === "paint" && n.at > stop!.pressed + answer).map((n) => Number(/step (\d+)/.exec(n.name)?.[1] ?? NaN)).filter((n) => !Number.isNaN(n));
    expect(Math.min(...again)).toBeGreaterThanOrEqual(Math.max(1, reached - 1));
    await app.button("Stop").click();
    await app.idle();
    await expect.poll(async () => (await value(app, "paint.losses"))?.tensor ?? (await value(app, "paint.losses"))?.kind).toBeTruthy();
    const { picture } = await watched(app);
    expect(picture.drawn).toBeGreaterThan(10);
    expect({ blank: picture.blank, missing: picture.missing }).toEqual({ blank: 0, missing: 0 });
  }, 300_000);
});
