/** The main pipelines in the browser, checked to their numbers, and the exported file run by the command: the same result. */
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { json, patchbay, useFolder } from "../cli/patchbay.ts";
import { openEditor, type App } from "./app.ts";
import { phasesOf, setNumber, value, watched, watchRun } from "./watching.ts";

const folder = useFolder();

/** Presses Export and Download; the file's path. */
async function exported(app: App, name: string): Promise<string> {
  await app.button("Export").click();
  const dialog = app.dialog("Export");
  const download = app.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download", exact: true }).click();
  const file = folder.file(name);
  await (await download).saveAs(file);
  await app.press("Escape");
  await dialog.waitFor({ state: "detached" });
  return file;
}

describe("face verification", () => {
  it("says that the two faces are one person's, at the distance that the command finds in the exported file", async () => {
    const app = await openEditor({ example: "face-verification" });
    await app.run();
    const { mean } = (await value(app, "distance.distance"))!.tensor!;
    expect(Math.abs(mean - 0.436)).toBeLessThan(0.003);
    await expect.poll(() => app.node("threshold").innerText()).toContain("Same person");
    await expect.poll(() => app.node("distance").innerText()).toContain("0.44");

    const outcome = await patchbay(["run", await exported(app, "verification.json"), "--json"]);
    const { decision } = json<{ outputs: { decision: { same: boolean; distance: number } } }>(outcome).outputs;
    expect(decision.same).toBe(true);
    expect(Math.abs(decision.distance - mean)).toBeLessThan(1e-3);
  }, 200_000);
});

describe("face recognition", () => {
  it("finds Nora; under Live a changed threshold is answered without encoding anybody again, and moving a node computes nothing", async () => {
    const app = await openEditor({ example: "face-recognition" });
    await app.button("Live").click();
    await expect.poll(async () => (await app.state()).runs).toBe(1);
    await app.idle();
    expect(await app.button("Live").getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => app.node("recognise").innerText(), { timeout: 20_000 }).toContain("Nora");

    await watchRun(app);
    await setNumber(app, "recognise", "threshold", 0.1);
    await expect.poll(async () => (await app.state()).runs).toBeGreaterThan(1);
    await app.idle();
    const before = ["photo", "photo-faces", "photo-chip", "photo-encoding", "people", "people-faces", "people-chip", "people-encoding", "gallery"];
    await expect.poll(() => phasesOf(app, [...before, "recognise"])).toEqual({ ...Object.fromEntries(before.map((id) => [id, "cached"])), recognise: "done" });
    expect((await watched(app)).names.filter(({ node, name }) => before.includes(node) && /running/.test(name))).toEqual([]);
    await expect.poll(() => app.node("recognise").innerText()).toContain("Not recognised");

    const { runs } = await app.state();
    await app.node("photo").locator(".pb-node-title").click();
    for (let i = 0; i < 3; i++) await app.press("ArrowRight");
    await setNumber(app, "recognise", "threshold", 0.6);
    await expect.poll(async () => (await app.state()).runs).toBe(runs + 1);
    await app.idle();
    await expect.poll(() => app.node("recognise").innerText()).not.toContain("Not recognised");
  }, 200_000);
});

describe("style transfer", () => {
  it("paints: its loss falls, its picture is not the photo, and the command makes the same of the exported file", async () => {
    const app = await openEditor({ example: "style-transfer" });
    await app.node("paint").waitFor();
    for (const id of ["content-size", "style-size"]) await setNumber(app, id, "width", 96);
    await setNumber(app, "paint", "steps", 12);
    await app.run();
    const whole = (await value(app, "paint.image"))!.thumbnail!;
    const content = (await value(app, "content-size.image"))!.thumbnail!;
    const mine = Object.values(whole.data);
    expect([whole.width, mine.length]).toEqual([content.width, Object.values(content.data).length]);
    expect(difference(mine, Object.values(content.data))).toBeGreaterThan(8);

    const file = await exported(app, "style.json");
    const picture = folder.file("style.png");
    const outcome = await patchbay(["run", file, "--json", "--output", `image=${picture}`]);
    const { losses } = json<{ outputs: { losses: { curves: { name: string; values: number[] }[] } } }>(outcome).outputs;
    const total = losses.curves.find((c) => /total/i.test(c.name))!.values;
    expect(total).toHaveLength(12);
    expect(total.at(-1)!).toBeLessThan(0.8 * total[0]!);
    // The last number of the curve stands in the chart's name.
    const last = async (): Promise<number> => Number(/total (-?[\d.]+(?:e[+-]?\d+)?)/i.exec((await app.node("curves").locator("figure.pb-chart").getAttribute("aria-label"))!.replaceAll("−", "-"))?.[1]);
    await expect.poll(async () => Math.abs((await last()) / total.at(-1)! - 1)).toBeLessThan(0.01);
    const theirs = [...(await sharp(await readFile(picture)).removeAlpha().raw().toBuffer())];
    expect(difference(mine, theirs)).toBeLessThan(2);
  }, 200_000);
});

/** Mean of the differences of two pictures' bytes. */
const difference = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + Math.abs(x - b[i]!), 0) / a.length;
