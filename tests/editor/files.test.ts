/** A graph leaves the page as a file, a program, a command, a network and a picture, and each of them does or is what the page showed. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import * as ort from "onnxruntime-node";
import type { Download, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { GraphDocument } from "@patchbay/graph-core";
import { loadGraph, run, type TensorValue } from "@patchbay/runtime";
import { build } from "../cli/patchbay.ts";
import { openEditor, type App } from "./app.ts";
import { boxOf, command, DISTANCE, graph, grip, node, openGraph, still } from "./hands.ts";
import { pngOf } from "./pictures.ts";
import { ROOT } from "./site.ts";

const sh = promisify(execFile);
let folder: string;

beforeAll(async () => {
  await build();
  folder = await mkdtemp(path.join(tmpdir(), "patchbay-exported-"));
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Keeps a download under the name that it suggests. */
async function kept(app: App, act: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
  const [download]: [Download, unknown] = await Promise.all([app.page.waitForEvent("download"), act()]);
  const name = download.suggestedFilename();
  await download.saveAs(path.join(folder, name));
  return { name, bytes: await readFile(path.join(folder, name)) };
}
const json = ({ bytes }: { bytes: Buffer }): GraphDocument => JSON.parse(bytes.toString()) as GraphDocument;

async function exportTab(app: App, tab: string): Promise<Locator> {
  if (!(await app.dialog("Export").isVisible())) await app.button("Export").click();
  await app.dialog("Export").getByRole("tab", { name: tab, exact: true }).click();
  return app.dialog("Export");
}
const click = (scope: Locator, name: string) => () => scope.getByRole("button", { name, exact: true }).click();

async function dropOn(app: App, id: string, name: string, bytes: Uint8Array): Promise<void> {
  const [on, canvas] = [await boxOf(grip(app, id)), await boxOf(app.region("Canvas"))];
  await app.drop(app.region("Canvas"), [{ name, type: name.endsWith(".png") ? "image/png" : "image/jpeg", bytes }], { x: on.x + 5 - canvas.x, y: on.y + on.height / 2 - canvas.y });
}

/** Drops a file on the canvas, and gives the graph that comes of it. */
async function dropped(app: App, name: string, type: string, bytes: Uint8Array): Promise<GraphDocument> {
  await command(app, "New graph");
  await expect.poll(async () => (await app.document()).nodes.length).toBe(0);
  await app.drop(app.region("Canvas"), [{ name, type, bytes }], { x: 300, y: 300 });
  await expect.poll(async () => (await app.document()).nodes.length).toBeGreaterThan(0);
  return app.document();
}

it("gives a JSON, a command and a program that decide as the page does", async () => {
  const app = await openEditor({ example: "face-verification" });
  const photo = await readFile(path.join(ROOT, "node_modules/@vladmandic/face-api/demo/sample5.jpg"));
  await app.node("photo").waitFor();
  await dropOn(app, "photo", "who's there.jpg", photo);
  await expect.poll(async () => (await app.document()).nodes[0]!.params["file"]).toBe("who's there.jpg");
  await app.run();
  const card = app.node("distance");
  const shown = (await app.page.evaluate(() => window.patchbay!.value("distance.distance")!.tensor))!.mean;
  expect(shown).toBeGreaterThan(0.1);
  await expect.poll(() => card.textContent()).toContain(shown.toFixed(2));

  // By reference the graph names its file; self-contained it holds it.
  const dialog = await exportTab(app, "JSON");
  await dialog.getByRole("radio", { name: /By reference/ }).check();
  await expect.poll(() => dialog.getByRole("status").textContent()).toMatch(/kB|bytes|B$/);
  const named = json(await kept(app, click(dialog, "Download")));
  expect(named.nodes[0]!.params["file"]).toBe("who's there.jpg");
  const missing = await exportTab(app, "Command line");
  await exportTab(app, "JSON");
  await dialog.getByRole("radio", { name: /Self-contained/ }).check();
  const whole = await kept(app, click(dialog, "Download"));
  expect(json(whole).nodes[0]!.params["file"]).toBe(`data:image/jpeg;base64,${photo.toString("base64")}`);
  expect(json(whole)).toEqual({ ...(await app.document()), nodes: json(whole).nodes });

  // The command, for a real shell in the folder of the file.
  await exportTab(app, "Command line");
  await missing.getByRole("combobox", { name: "Shell" }).selectOption("posix");
  const line = (await missing.getByRole("region", { name: "The command" }).textContent())!;
  expect(line).toContain(whole.name);
  expect(line).not.toContain("VALUE");
  const env = { ...process.env, PATH: `${path.join(ROOT, "node_modules/.bin")}:${process.env["PATH"]}` };
  // The program: compiled without a complaint, and run.
  await exportTab(app, "TypeScript");
  await click(dialog, "Copy")();
  const program = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(program).toBe(await dialog.getByRole("region", { name: "The program" }).textContent());
  await writeFile(path.join(folder, "program.mts"), program);
  await sh(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node", "--skipLibCheck", "program.mts"], { cwd: folder }).catch((error: { stdout?: string }) => Promise.reject(new Error(error.stdout)));
  const [{ stdout }, fromShell] = await Promise.all([sh(process.execPath, ["program.mjs"], { cwd: folder }), sh("/bin/sh", ["-c", `${line} --json`], { cwd: folder, env, maxBuffer: 2 ** 24 })]);
  const told = JSON.parse(fromShell.stdout) as { outputs: { decision: { same: boolean; distance: number } } };
  expect(Math.abs(told.outputs.decision.distance - shown)).toBeLessThan(1e-3);
  expect(told.outputs.decision.same).toBe(shown <= 0.6);
  expect(Math.abs(Number(/distance: ([\d.]+)/.exec(stdout)?.[1]) - shown)).toBeLessThan(1e-3);
}, 300_000);

it("gives an ONNX file that another program runs to the same numbers", async () => {
  const app = await openEditor();
  const signal = graph([node("beat", "Signal", 0, 0, { beat: 14, length: 14, noise: 0 }), node("first", "Conv1D", 320, 0, { filters: 4 }), node("second", "Conv1D", 640, 0, { filters: 3 })], ["beat.signal -> first.input", "first.output -> second.input"], { title: "Two layers", interface: { inputs: [], outputs: [{ name: "features", node: "second", port: "output" }] } });
  await openGraph(app, signal);
  await app.run();
  const shown = (await app.page.evaluate(() => window.patchbay!.value("second.output")!.tensor))!;
  const { name, bytes } = await kept(app, click(await exportTab(app, "ONNX"), "Export ONNX"));
  expect(name).toBe("two-layers.onnx");
  const session = await ort.InferenceSession.create(bytes);
  // What the graph makes without a network is what the file is given.
  const loaded = await loadGraph(signal);
  const beat = (await run(loaded, { outputs: ["beat.signal"] })).outputs["beat.signal"] as TensorValue;
  await loaded.dispose();
  expect(session.inputNames).toEqual(["beat.signal"]);
  const { data, dims } = Object.values(await session.run({ "beat.signal": new ort.Tensor("float32", beat.data as Float32Array, beat.shape) }))[0]!;
  await session.release();
  const numbers = [...(data as Float32Array)];
  expect(dims).toEqual(shown.shape);
  expect(shown.max).toBeGreaterThan(shown.min);
  expect(Math.min(...numbers)).toBeCloseTo(shown.min, 4);
  expect(Math.max(...numbers)).toBeCloseTo(shown.max, 4);
  expect(numbers.reduce((sum, x) => sum + x, 0) / numbers.length).toBeCloseTo(shown.mean, 4);
});

it("puts the graph with its files into pictures and zips, which bring it back", async () => {
  const app = await openEditor();
  const made = graph([node("photo", "Image", 0, 0), node("small", "Resize", 320, 0, { width: 32 }), node("out", "ImageOutput", 640, 0)], ["photo.image -> small.image", "small.image -> out.image"], { title: "A picture" });
  await openGraph(app, made);
  await dropOn(app, "photo", "me.png", pngOf(3, 64));
  await expect.poll(async () => (await app.document()).nodes[0]!.params["file"]).toBe("me.png");
  await app.run();
  const document = await app.document();

  // Of the canvas: as large as what is on it, twice over, and not of one colour.
  const dialog = await exportTab(app, "Picture");
  await dialog.getByRole("img", { name: "The canvas" }).waitFor();
  const canvas = await kept(app, click(dialog, "Download"));
  expect(canvas.name).toBe("a-picture.png");
  expect(canvas.bytes.readUInt32BE(16)).toBeGreaterThan(1200);
  expect(await coloursOf(app, canvas.bytes)).toBeGreaterThan(50);
  await app.press("Escape");
  // Of a result.
  await app.node("out").getByRole("button", { name: /Open large/ }).click();
  const result = await kept(app, click(app.dialog(), "Download as PNG"));
  expect(result.bytes.readUInt32BE(16)).toBe(32);
  await app.press("Escape");
  for (const { name, bytes } of [canvas, result]) {
    expect(await dropped(app, name, "image/png", bytes), name).toEqual(document);
    // With its file: it runs.
    await app.run();
    expect(await app.page.evaluate(() => window.patchbay!.value("small.image")!.thumbnail?.width), name).toBe(32);
  }

  // A list of pictures does not fit into JSON.
  await command(app, "New graph");
  await app.drop(app.region("Canvas"), [1, 2, 3, 4, 5].map((i) => ({ name: `p${i}.png`, type: "image/png", bytes: pngOf(i) })), { x: 300, y: 300 });
  await expect.poll(async () => (await app.document()).nodes.map(({ type }) => type)).toEqual(["Images"]);
  const list = await app.document();
  const zip = await kept(app, click(await exportTab(app, "JSON"), "Download"));
  expect(zip.name).toMatch(/\.zip$/);
  await app.press("Escape");
  const inside = unzipSync(zip.bytes);
  expect(Object.keys(inside).sort()).toEqual([`${zip.name.slice(0, -4)}.json`, "p1.png", "p2.png", "p3.png", "p4.png", "p5.png"].sort());
  expect(Buffer.from(inside["p4.png"]!)).toEqual(pngOf(4));
  expect((await dropped(app, zip.name, "application/zip", zip.bytes)).nodes).toEqual(list.nodes);
  await app.run();
});

/** How many colours it has, of a thousand pixels. */
const coloursOf = (app: App, png: Buffer): Promise<number> =>
  app.page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, png.toString("base64"));

it("opens and saves files on disk, in browsers that can write to them and in those that cannot", async () => {
  const file = path.join(folder, "opened.json");
  await writeFile(file, JSON.stringify(DISTANCE));
  // Cannot: the file is chosen, and a save is a download.
  const plain = await openEditor({ before: (page) => page.addInitScript(() => ["showOpenFilePicker", "showSaveFilePicker"].forEach((name) => delete (globalThis as { [name: string]: unknown })[name])) });
  const [chooser] = await Promise.all([plain.page.waitForEvent("filechooser"), plain.press("$mod+Shift+KeyO")]);
  await chooser.setFiles(file);
  await expect.poll(async () => (await plain.document()).nodes).toEqual(DISTANCE.nodes);
  await still(plain);
  await grip(plain, "v").click();
  await plain.press("Delete");
  const saved = await kept(plain, () => plain.press("$mod+KeyS"));
  expect(saved.name).toBe("far-apart.json");
  expect(json(saved).nodes.map(({ id }) => id)).toEqual(["c1", "c2", "l", "d"]);
  await plain.context.close();

  // Can. A browser without a window shows no dialog: in its place stands a real file of the page's own folder.
  const app = await openEditor({
    before: (page) => page.addInitScript((text) => {
      const disk = navigator.storage.getDirectory();
      const of = async (): Promise<FileSystemFileHandle> => (await disk).getFileHandle("on disk.json", { create: true });
      Object.assign(globalThis, {
        showOpenFilePicker: async () => {
          const handle = await of();
          const writing = await handle.createWritable();
          await writing.write(text);
          await writing.close();
          return [handle];
        },
        showSaveFilePicker: () => Promise.reject(new Error("It was asked where to save, though that is known.")),
        onDisk: async () => (await (await of()).getFile()).text(),
      });
    }, JSON.stringify(DISTANCE)),
  });
  await app.press("$mod+Shift+KeyO");
  await expect.poll(async () => (await app.document()).nodes).toEqual(DISTANCE.nodes);
  await still(app);
  await grip(app, "v").click();
  await app.press("Delete");
  await app.press("$mod+KeyS");
  await app.page.locator(".pb-notice", { hasText: "Saved to “on disk.json”" }).waitFor();
  const onDisk = async (): Promise<GraphDocument> => JSON.parse(await app.page.evaluate(() => (globalThis as unknown as { onDisk(): Promise<string> }).onDisk())) as GraphDocument;
  expect((await onDisk()).nodes.map(({ id }) => id)).toEqual(["c1", "c2", "l", "d"]);
  // The graph remembers its file, also when it is opened again.
  await app.saved();
  await app.page.reload();
  await app.ready();
  await app.node("d").waitFor();
  await still(app);
  await grip(app, "d").click();
  await app.press("Delete");
  await app.press("$mod+KeyS");
  await expect.poll(async () => (await onDisk()).nodes.map(({ id }) => id)).toEqual(["c1", "c2", "l"]);
});
