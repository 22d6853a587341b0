/** Learning in the page: a training shows what it does, can be stopped and goes on, and what it has learned is used, looked at and taken along. */
import { readFile } from "node:fs/promises";
import { decodeSafetensors } from "@patchbay/runtime";
import { networkFromFiles, openNetwork } from "@patchbay/runtime/networks";
import { expect, it } from "vitest";
import { openEditor, type App } from "./app.ts";
import { command, graph, node, openGraph, selectNodes, still } from "./hands.ts";
import { reachStep, setNumber, stepOf, value } from "./watching.ts";

/** People small enough to be learned in seconds; many more steps than anybody waits for. */
const LEARN = graph(
  [
    node("faces", "SyntheticFaces", 0, 0, { people: 12, photos: 6, size: 16, variation: 0.4 }),
    node("batches", "Batches", 300, 0, { people: 4, photos: 3 }),
    node("flat", "Flatten", 600, 0),
    node("dense", "Dense", 600, 200, { units: 8, trainable: true }),
    node("unit", "L2Normalise", 600, 500),
    node("mining", "TripletMining", 900, 0, { margin: 0.02 }),
    node("loss", "TripletLoss", 900, 300, { reduction: "mean", margin: 0.02 }),
    node("t", "Trainer", 1200, 0, { steps: 100_000, learningRate: 0.01, validate: "verification", validateEvery: 5 }),
    node("encoded", "EncodeDataset", 1500, 0, { network: "wired" }),
    node("roc", "ROC", 1800, 0, { samples: 20 }),
  ],
  [
    "faces.dataset -> batches.dataset", "batches.examples -> flat.input", "flat.output -> dense.input", "dense.output -> unit.x", "unit.y -> mining.encodings",
    "batches.labels -> mining.labels", "batches.triplets -> mining.triplets", "mining.anchor -> loss.anchor", "mining.positive -> loss.positive", "mining.negative -> loss.negative", "mining.fed -> loss.weights",
    "loss.loss -> t.loss", "unit.y -> t.predictions", "faces.dataset -> encoded.dataset", "t.network -> encoded.network", "encoded.dataset -> roc.dataset",
  ],
  { title: "Learn" },
);

/** Near enough for a node to show what is in it. */
async function goTo(app: App, id: string): Promise<void> {
  await command(app, "Zoom to fit");
  await still(app);
  await selectNodes(app, id);
  await app.press("Shift+KeyF");
  await still(app);
}

it("a training shows its curves, stops with the best so far, goes on from there, and the network verifies", async () => {
  const app = await openEditor();
  await openGraph(app, LEARN);
  await goTo(app, "t");
  const trainer = app.node("t");
  await app.button("Run").click();
  await reachStep(app, "t", 12);
  await expect.poll(() => trainer.locator(".pb-trainer .uplot").count(), { timeout: 30_000 }).toBe(2);
  await expect.poll(() => trainer.getByRole("region", { name: "Held-out examples" }).textContent()).toMatch(/EER\s*[\d.]/);
  // What the batches count: triplets that keep the margin are not fed.
  await expect.poll(() => trainer.locator(".pb-counts").textContent()).toMatch(/\d/);
  expect(await trainer.locator(".pb-chart").first().getAttribute("aria-label")).toMatch(/Total|Triplet loss/);

  await app.button("Stop").click();
  await app.idle();
  await expect.poll(() => value(app, "t.network"), { timeout: 20_000 }).toMatchObject({ kind: "network" });
  await expect.poll(() => trainer.locator(".pb-network tbody tr").count(), { timeout: 20_000 }).toBeGreaterThan(2);
  const reached = await stepOfLast(app);
  expect(reached).toBeGreaterThanOrEqual(12);

  await command(app, "Continue");
  await expect.poll(() => stepOf(app, "t"), { timeout: 60_000 }).toBeGreaterThan(reached);
  await app.button("Stop").click();
  await app.idle();

  await setNumber(app, "t", "steps", 40);
  await app.run();
  // What a node warns of while it runs stands in Problems, and on the node.
  expect((await app.state()).notices).toEqual([expect.stringContaining("3 people")]);
  await app.region("Problems").getByRole("button", { name: "1 problem" }).waitFor();
  expect(await value(app, "roc.calibration")).toMatchObject({ kind: "calibration" });
  await goTo(app, "roc");
  await app.node("roc").getByRole("button", { name: /^Warning: These are pictures of 3 people/ }).waitFor();
  // Better than guessing, on people that it has never seen.
  const eer = await app.node("roc").locator(".pb-calibration-rates tbody tr").first().locator("td").first().textContent();
  expect(Number(eer!.replace(" %", ""))).toBeLessThan(45);
});

it("what was learned is shown and taken along: a dataset by class, a network as ONNX and as weights, a calibration in full", async () => {
  const app = await openEditor();
  const steps = LEARN.nodes.map((n) => (n.id === "t" ? { ...n, params: { ...n.params, steps: 6 } } : n));
  await openGraph(app, { ...LEARN, nodes: steps });
  await app.run();

  await goTo(app, "faces");
  const faces = app.node("faces");
  await expect.poll(() => faces.locator(".pb-dataset section").count()).toBe(3);
  await faces.getByRole("combobox", { name: "Part" }).selectOption("held out");
  await expect.poll(() => faces.locator(".pb-dataset li[data-held]").count()).toBe(18);
  await faces.getByRole("combobox", { name: /^Class/ }).selectOption({ index: 1 });
  await expect.poll(() => faces.locator(".pb-dataset section").count()).toBeLessThanOrEqual(1);

  await goTo(app, "t");
  await app.press("KeyI");
  const network = app.dialog(/network/);
  await expect.poll(() => network.locator(".pb-network tbody tr").count(), { timeout: 20_000 }).toBeGreaterThan(2);
  const saved = async (name: string): Promise<Uint8Array> => {
    const [download] = await Promise.all([app.page.waitForEvent("download"), network.getByRole("button", { name, exact: true }).click()]);
    return new Uint8Array(await readFile(await download.path()));
  };
  const { tensors } = decodeSafetensors(await saved("safetensors"));
  expect(Object.values(tensors).map((t) => [...t.shape])).toContainEqual([16 * 16 * 3, 8]);
  const source = openNetwork(networkFromFiles("onnx", [{ name: "t.onnx", bytes: await saved("ONNX") }], "t", { scaling: "0-1" }));
  expect(source.opaque).toBeNull();
  expect(source.layers.length).toBeGreaterThan(2);

  await app.press("Escape");
  await goTo(app, "roc");
  await app.press("KeyI");
  const dialog = app.dialog(/calibration/);
  await expect.poll(() => dialog.locator(".pb-calibration-figures svg").count()).toBe(4);
  await dialog.getByRole("tab", { name: "report" }).click();
  const page = app.dialog(/report/).locator("iframe.pb-file-page");
  await page.waitFor();
  expect(await page.getAttribute("sandbox")).toBe("");
  await expect.poll(() => app.dialog(/report/).frameLocator("iframe").getByRole("heading").first().textContent()).toContain("Calibration");
});

/** The steps that the trainer has done, as it stands in its losses. */
const stepOfLast = async (app: App): Promise<number> => {
  await app.node("t").getByRole("tab", { name: "losses" }).click();
  const text = await app.node("t").locator(".pb-chart-foot").first().textContent();
  return Number(/step (\d+)/.exec(text!)![1]);
};
