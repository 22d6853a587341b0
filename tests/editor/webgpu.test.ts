/** WebGPU on Chromium's software adapter, with shapes small enough for it: two engines that agree with WebAssembly, and runs that outlive their device. */
import { describe, expect, it } from "vitest";
import { openEditor, type App } from "./app.ts";
import { command, graph, node, openGraph, selectNodes } from "./hands.ts";
import { engineOf, reachStep, stepOf, watched, watchRun } from "./watching.ts";

type Devices = { devices?: { destroy(): void }[] };

const CONVOLUTION = graph(
  [node("picture", "Pattern", 0, 0, { width: 24, height: 16 }), node("conv", "Conv2D", 352, 0, { filters: 4 })],
  ["picture.image -> conv.input"],
  { title: "One convolution" },
);

/** No network in it: each step is a few small kernels, so that a run lasts for many steps. */
const SMOOTHING = graph(
  [
    node("start", "Pattern", 0, 0, { width: 24, height: 16 }), node("made", "GeneratedImage", 352, 0), node("smooth", "TotalVariation", 704, 0),
    node("paint", "PixelOptimizer", 1056, 0, { steps: 20_000, parametrisation: "pixels", jitter: 0, learningRate: 0.0001, previewEvery: 5 }),
  ],
  ["start.image -> made.content", "made.image -> smooth.image", "smooth.cost -> paint.loss"],
  { title: "Smoothing" },
);

/** In the open menu. */
async function chooseBackend(app: App, title: RegExp): Promise<void> {
  const item = app.page.getByRole("menuitemcheckbox", { name: title });
  await item.waitFor({ timeout: 60_000 });
  await item.click();
}

/** Keeps every GPU device that the engine opens from here on, so that it can be lost. */
async function keepDevices(app: App): Promise<void> {
  await (await engineOf(app)).evaluate(() => {
    const scope = globalThis as unknown as Devices & { GPUAdapter: { prototype: { requestDevice(...given: unknown[]): Promise<{ destroy(): void }> } } };
    const devices: { destroy(): void }[] = (scope.devices = []);
    const { prototype } = scope.GPUAdapter;
    const { requestDevice } = prototype;
    prototype.requestDevice = async function (...given) {
      const device = await requestDevice.apply(this, given);
      devices.push(device);
      return device;
    };
  });
}

describe("WebGPU", () => {
  it("agrees with WebAssembly, by ONNX Runtime and by TensorFlow.js", async () => {
    const app = await openEditor({ webgpu: true });
    await openGraph(app, CONVOLUTION);
    await selectNodes(app, "conv");
    await command(app, "Compare two backends…");
    const dialog = app.dialog(/Compare backends/);
    for (const backend of ["onnx-webgpu", "tfjs-webgpu"]) {
      await dialog.getByLabel("First backend").selectOption(backend, { timeout: 60_000 });
      await dialog.getByLabel("Second backend").selectOption("onnx-wasm");
      await dialog.getByRole("button", { name: "Compare", exact: true }).click();
      await expect.poll(() => dialog.getByRole("button", { name: "Compare", exact: true }).isEnabled(), { timeout: 90_000 }).toBe(true);
      // Written as people write it: 3.1 × 10⁻⁶.
      const text = await dialog.locator("tbody td b").first().innerText();
      expect(text).toMatch(/^0$|10⁻[⁵⁶⁷⁸⁹]$|10⁻¹[⁰¹²³⁴⁵⁶⁷⁸⁹]$/);
    }
  }, 200_000);
});

describe("a GPU device", () => {
  it.each([["ONNX Runtime", /WebGPU, by ONNX Runtime/], ["TensorFlow.js", /WebGPU, by TensorFlow\.js/]] as const)("of %s that is lost in the middle of a run does not end it", async (_, title) => {
    const app = await openEditor({ webgpu: true, allow: /device|GPU|lost|destroyed/i });
    await openGraph(app, SMOOTHING);
    // Opening the menu asks which backends there are, which starts the worker.
    const worker = app.page.waitForEvent("worker");
    await app.page.getByRole("button", { name: /^Backend: / }).click();
    await worker;
    await keepDevices(app);
    await chooseBackend(app, title);
    await watchRun(app, "paint");
    await app.button("Run").click();
    await reachStep(app, "paint", 12);
    const lost = await (await engineOf(app)).evaluate(() => {
      const { devices = [] } = globalThis as unknown as Devices;
      for (const device of devices) device.destroy();
      return devices.length;
    });
    expect(lost).toBeGreaterThan(0);
    const step = await stepOf(app, "paint");
    await expect.poll(() => app.text(/GPU device was lost.* The run goes on/).isVisible(), { timeout: 90_000, interval: 20 }).toBe(true);
    await reachStep(app, "paint", step + 1);
    const { names, picture } = await watched(app);
    const steps = names.filter((n) => n.node === "paint").map((n) => Number(/step (\d+)/.exec(n.name)?.[1] ?? NaN)).filter((n) => n > 0);
    // From what it had, not from the beginning: at most back to the last preview.
    expect(steps.slice(steps.findIndex((n) => n >= 12)).every((n) => n >= 5)).toBe(true);
    expect({ blank: picture.blank, missing: picture.missing }).toEqual({ blank: 0, missing: 0 });
    await app.button("Stop").click();
    await app.idle();
  }, 300_000);
});
