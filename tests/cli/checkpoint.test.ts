/** A run that ended, was interrupted or was killed goes on from its file, to the result of a run that was left alone. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { DISTANCE, save, savePictures, style } from "./graphs.ts";
import { patchbay, start, useFolder } from "./patchbay.ts";

const folder = useFolder();
const inFolder = { cwd: "" };
beforeAll(async () => {
  inFolder.cwd = folder.path;
  await savePictures(folder.path);
  const graph = style(60, 48);
  await save(folder.file("style.json"), { ...graph, interface: { ...graph.interface, outputs: [...graph.interface.outputs, { name: "pixels", node: "optimizer", port: "image" }] } });
  await save(folder.file("distance.json"), DISTANCE);
  expect((await patchbay(["run", "style.json", "--output", "pixels=whole.json"], inFolder)).code).toBe(0);
});

const pixels = async (file: string) => (JSON.parse(await readFile(folder.file(file), "utf8")) as { data: number[] }).data;

async function expectSame(file: string): Promise<void> {
  const [whole, other] = [await pixels("whole.json"), await pixels(file)];
  expect(other.length).toBe(whole.length);
  expect(Math.max(...whole.map((v, i) => Math.abs(v - other[i]!)))).toBeLessThan(1e-5);
}

describe("--checkpoint and --resume", () => {
  it("go on from a finished run that is given more steps", async () => {
    expect((await patchbay(["run", "style.json", "--set", "optimizer.steps=20", "--checkpoint", "some.safetensors"], inFolder)).code).toBe(0);
    const { code, stderr } = await patchbay(["run", "style.json", "--resume", "some.safetensors", "--output", "pixels=rest.json"], inFolder);
    expect([code, stderr]).toEqual([0, ""]);
    await expectSame("rest.json");
  });

  it("go on from an interrupted run", async () => {
    await save(folder.file("long.json"), style(100_000, 48));
    const { child, outcome } = start(["run", "long.json", "--checkpoint", "stopped.safetensors"], inFolder);
    // The first file is written while it runs.
    while (!existsSync(folder.file("stopped.safetensors"))) await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill("SIGINT");
    expect((await outcome).code).toBe(130);
    const { code, stdout } = await patchbay(["run", "long.json", "--resume", "stopped.safetensors", "--set", "optimizer.steps=10", "--json"], inFolder);
    expect(code).toBe(0);
    // It had more steps behind it than those asked for: nothing is left to do.
    const losses = (JSON.parse(stdout) as { outputs: { losses: { curves: { values: number[] }[] } } }).outputs.losses;
    expect(losses.curves[0]!.values.length).toBeGreaterThan(10);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["no file", async () => {}, "no such file"],
    ["a picture", async () => writeFile(folder.file("x.safetensors"), await readFile(folder.file("content.png"))), "no safetensors"],
    ["another graph's", async () => patchbay(["run", "style.json", "--set", "optimizer.steps=2", "--checkpoint", "x.safetensors"], inFolder), "no optimiser of that name"],
  ])("refuse %s with a sentence", async (_what, make, sentence) => {
    await make();
    const { code, stderr } = await patchbay(["run", "distance.json", "--resume", "x.safetensors"], inFolder);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("    at ");
  });

  it("refuse to overwrite the graph", async () => {
    expect((await patchbay(["run", "style.json", "--checkpoint", "style.json"], inFolder)).code).toBe(2);
  });
});
