/** The engines: which there are, and a run that goes on when its engine breaks off in the middle of it. */
import { describe, expect, it } from "vitest";
import { openEditor, type App } from "./app.ts";
import { DISTANCE, openGraph } from "./hands.ts";
import { engineOf, reachStep, setNumber, stepOf, watched, watchRun } from "./watching.ts";

/** A tiny painting, so that a software adapter has steps to spare. */
async function tinyPainting(app: App, steps: number): Promise<void> {
  await app.node("paint").waitFor();
  for (const id of ["content-size", "style-size"]) await setNumber(app, id, "width", 48);
  await setNumber(app, "paint", "steps", steps);
}

/** After what happened at `step`: the run said so, went on and showed its picture all the time. */
async function goesOn(app: App, step: number, said: RegExp): Promise<void> {
  await expect.poll(() => app.text(said).isVisible(), { timeout: 60_000, interval: 20 }).toBe(true);
  await reachStep(app, "paint", step + 1);
  const { names, picture } = await watched(app);
  const steps = names.filter((n) => n.node === "paint").map((n) => Number(/step (\d+)/.exec(n.name)?.[1] ?? NaN)).filter((n) => n > 0);
  expect(Math.max(...steps)).toBeGreaterThan(step);
  // It went on from what it had, not from the photo.
  expect(steps.slice(steps.indexOf(step)).every((n) => n >= step - 10)).toBe(true);
  expect({ blank: picture.blank, missing: picture.missing }).toEqual({ blank: 0, missing: 0 });
  await app.button("Stop").click();
  await app.idle();
}

describe("the engine's worker", () => {
  it("breaks off in the middle of a run, and another goes on from the last state", async () => {
    const app = await openEditor({ example: "style-transfer", allow: /broken on purpose/ });
    await tinyPainting(app, 2000);
    await watchRun(app, "paint");
    await app.button("Run").click();
    await reachStep(app, "paint", 12);
    await (await engineOf(app)).evaluate(() => void setTimeout(() => { throw new Error("broken on purpose"); }));
    const step = await stepOf(app, "paint");
    await goesOn(app, step, /broken on purpose\. The run goes on from step \d+/);
  }, 200_000);
});

describe("backends", () => {
  it("are listed with their devices; what was used, what was passed over and why, and the memory in use stand there too", async () => {
    const app = await openEditor({ webgpu: true });
    await openGraph(app, DISTANCE);
    await app.page.getByRole("button", { name: /^Backend: / }).click();
    const menu = app.page.getByRole("menu");
    await expect.poll(() => menu.innerText(), { timeout: 60_000 }).toMatch(/WebGPU[\s\S]*WebAssembly/);
    expect(await menu.innerText()).toMatch(/Automatic/);
    await app.press("Escape");
    await app.run();
    await app.page.getByRole("button", { name: /^Backend: / }).click();
    await expect.poll(() => menu.innerText()).toMatch(/Last used: /);
    await expect.poll(() => menu.innerText()).toMatch(/Memory in use: [\d.]+ [kMG]B/);
    // The fallback is stated: the only adapter is a software one.
    expect(await menu.innerText()).toMatch(/WebGPU was passed over\. .*software/);
    await app.press("Escape");
  }, 200_000);
});
