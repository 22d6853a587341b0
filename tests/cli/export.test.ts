/** `patchbay export`: the file is there, whole, and what it says of itself is true. */
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { DISTANCE, graph, node, save, savePictures, style } from "./graphs.ts";
import { json, patchbay, useFolder } from "./patchbay.ts";

const folder = useFolder();
beforeAll(async () => {
  await savePictures(folder.path);
  await save(folder.file("distance.json"), DISTANCE);
  await save(folder.file("style.json"), style(3, 48));
});
const run = (...args: string[]) => patchbay(["export", ...args], { cwd: folder.path });
interface Port { name: string; dtype: string; shape: number[]; doc: string }
interface Exported { path: string; bytes: number; inputs: Port[]; outputs: Port[]; notes: string[] }

describe("export", () => {
  it("writes a style graph's step as a file that stock onnxruntime opens, with the ports that it prints", async () => {
    const outcome = await run("style.json", "-o", "step.onnx", "--json");
    expect([outcome.code, outcome.stderr]).toEqual([0, ""]);
    const exported = json<Exported>(outcome);
    expect(exported.path).toBe("step.onnx");
    expect((await stat(folder.file("step.onnx"))).size).toBe(exported.bytes);
    const ort = createRequire(import.meta.url)("onnxruntime-node") as typeof import("onnxruntime-node");
    const session = await ort.InferenceSession.create(await readFile(folder.file("step.onnx")));
    expect([...session.inputNames].sort()).toEqual(exported.inputs.map((p) => p.name).sort());
    expect([...session.outputNames].sort()).toEqual(exported.outputs.map((p) => p.name).sort());
    await session.release();
    for (const port of exported.inputs) expect(port.doc, port.name).toMatch(/\.$/);
  });
  it("prints ports and notes for people", async () => {
    const { code, stdout } = await run("distance.json", "--out", "distance.onnx");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wrote distance\.onnx \(0\.0 MB\)\n/);
    expect(stdout).toMatch(/^outputs$/m);
    expect(stdout).toMatch(/outside this file/);
  });
  it("says when nothing of a graph is tensors", async () => {
    const nothing = graph([node("a", "Image", { file: "content.png" }), node("o", "ImageOutput")], [["a.image", "o.image"]], [], [{ name: "image", node: "o", port: "image" }]);
    const { code, stderr } = await run(await save(folder.file("nothing.json"), nothing), "-o", "nothing.onnx");
    expect(code).not.toBe(0);
    expect(stderr).toContain("nothing");
    await expect(stat(folder.file("nothing.onnx"))).rejects.toThrow();
  });
  it.each([
    [["style.json"], "required option '-o, --out <file>' not specified"],
    [["style.json", "-o", "none/step.onnx"], "there is no folder"],
    [["style.json", "-o", "style.json"], "would overwrite the graph itself"],
    [["style.json", "-o", "."], "is a folder; name a file"],
    [["style.json", "-o", "x.onnx", "--input", "colour=1"], "it has content, style"],
  ])("%j is a usage error", async (args, sentence) => {
    const { code, stderr } = await run(...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});
