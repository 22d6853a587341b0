/** `patchbay run` as people and scripts use it: settings, outputs, formats, exit codes. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { DISTANCE, graph, node, picture, save, savePicture } from "./graphs.ts";
import { json, patchbay, useFolder } from "./patchbay.ts";

const folder = useFolder();
let distance: string;
beforeAll(async () => {
  distance = await save(folder.file("distance.json"), DISTANCE);
  await savePicture(folder.file("photo.jpg"), 40, 20);
  await save(folder.file("picture.json"), picture("photo.jpg"));
});
const run = (...args: string[]) => patchbay(["run", ...args], { cwd: folder.path });

describe("printed results", () => {
  it("tells a decision in a sentence, on stdout alone", async () => {
    const { code, stdout, stderr } = await run(distance);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("decision: same person: yes (distance 0.50, threshold 0.60, margin 0.10)\n");
    expect(stdout).toContain("vector: float32 [1,2] 0.30, 0.40\n");
    expect(stdout).not.toContain("\u001b");
  });
  it("mentions a picture with its size and how to save it", async () => {
    expect((await run("picture.json")).stdout).toBe("image: image 40×20 (save it with --output image=FILE.png)\n");
  });
  it("colours only when told to, and NO_COLOR wins", async () => {
    const coloured = await patchbay(["run", distance], { env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).toContain("\u001b[32myes\u001b[39m");
    const plain = await patchbay(["run", distance], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
  });
});

describe("--json", () => {
  it("prints one object with outputs, backend and timings", async () => {
    const outcome = await run(distance, "--json");
    const result = json<{ outputs: { [name: string]: unknown }; backend: { id: string; tried: unknown[] }; timings: { total: number; engine: number; nodes: object } }>(outcome);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toBe("");
    expect(Object.keys(result)).toEqual(["outputs", "backend", "timings"]);
    const decision = result.outputs["decision"] as { same: boolean; distance: number; threshold: number; margin: number };
    expect(Object.keys(decision)).toEqual(["same", "distance", "threshold", "margin"]);
    expect(decision.same).toBe(true);
    expect(decision.distance).toBeCloseTo(0.5, 6);
    expect(decision.margin).toBeCloseTo(0.1, 6);
    expect(result.outputs["vector"]).toEqual({ dtype: "float32", shape: [1, 2], data: [Math.fround(0.3), Math.fround(0.4)] });
    expect(result.outputs["table"]).toEqual({ columns: ["0", "1"], rows: [[Math.fround(0.3), Math.fround(0.4)]] });
    expect(result.backend.id).toBe("onnx-native");
    expect(result.timings.total).toBeGreaterThan(0);
    expect(Object.keys(result.timings.nodes)).toContain("distance");
  });
  it("describes a picture and names its file", async () => {
    expect(json<{ outputs: unknown }>(await run("picture.json", "--json")).outputs).toEqual({ image: { width: 40, height: 20 } });
    expect(json<{ outputs: unknown }>(await run("picture.json", "--json", "--output", "image=a.png")).outputs).toEqual({ image: { width: 40, height: 20, path: "a.png" } });
  });
  it("stays one object when the run cannot begin", async () => {
    const unknown = await run(distance, "--json", "--input", "nobody=1");
    expect(unknown.code).toBe(2);
    expect(json(unknown)).toEqual({ ok: false, error: expect.stringContaining("first, metric, limit") });
    const invalid = await run(distance, "--json", "--set", "threshold.threshold=-5");
    expect(invalid.code).toBe(2);
    expect(json<{ diagnostics: { node: string; param: string; severity: string }[] }>(invalid).diagnostics[0]).toMatchObject({ severity: "error", node: "threshold", param: "threshold" });
  });
});

describe("--input and --set", () => {
  it("read values by the kind of the parameter", async () => {
    const { stdout } = await run(distance, "--input", "first=[[0.3,0]]", "--input", "limit=0.1", "--input", "metric=squared-euclidean");
    expect(stdout).toContain("same person: no (distance 0.16, threshold 0.10, margin -0.06)");
    expect((await run(distance, "--set", "threshold.threshold=0.25", "--set", "b.values=0,0.2")).stdout).toContain("threshold 0.25");
  });
  it("feed ports with pictures, numbers and tensors", async () => {
    const ported = graph(
      [node("out", "ImageOutput"), node("b", "Constant", { values: [[0, 0.4]] }), node("d", "Distance"), node("t", "Threshold", { threshold: 1 }), node("any", "ValueOutput")],
      [["b.value", "d.b"]],
      [{ name: "picture", node: "out", port: "image" }, { name: "vector", node: "d", port: "a" }, { name: "distance", node: "t", port: "distance" }, { name: "thing", node: "any", port: "value" }],
      [{ name: "image", node: "out", port: "image" }, { name: "apart", node: "d", port: "distance" }, { name: "decision", node: "t", port: "decision" }, { name: "text", node: "any", port: "text" }],
    );
    await save(folder.file("ports.json"), ported);
    const inputs = (vector: string) => ["--input", "picture=photo.jpg", "--input", `vector=${vector}`, "--input", "distance=0.25", "--input", "thing=hello"];
    const { code, stdout, stderr } = await run("ports.json", ...inputs("[[0.3,0]]"));
    expect(stderr).toBe("");
    expect(code).toBe(0);
    for (const line of ["image: image 40×20", "apart: 0.50", "same person: yes (distance 0.25, threshold 1, margin 0.75)", "hello"]) expect(stdout).toContain(line);
    const ragged = await run("ports.json", ...inputs("[[1,2],[3]]"));
    expect([ragged.code, ragged.stderr]).toEqual([2, "error: --input vector: the nested lists differ in length, so they have no shape.\n"]);
  });
  it("take folders and lists of pictures, and nothing beside them", async () => {
    await mkdir(folder.file("people/nora"), { recursive: true });
    await savePicture(folder.file("people/nora/n.png"), 8, 8);
    await savePicture(folder.file("people/top.png"), 8, 8);
    await mkdir(folder.file("graphs"), { recursive: true });
    const listing = graph([node("i", "Images", { file: "" }), node("t", "TableOutput")], [["i.images", "t.value"]], [{ name: "pictures", node: "i", param: "file" }], [{ name: "table", node: "t", port: "table" }]);
    await save(folder.file("graphs/listing.json"), listing);
    const rows = async (value: string) => json<{ outputs: { table: { rows: unknown[] } } }>(await run("graphs/listing.json", "--json", "--input", `pictures=${value}`)).outputs.table.rows;
    expect(await rows("people")).toEqual([["top.png", null, 8, 8], ["nora/n.png", "nora", 8, 8]]);
    expect(await rows("Nora=people/nora/n.png,people/top.png#xywh=1,1,4,5")).toEqual([["n.png", "Nora", 8, 8], ["top.png#xywh=1,1,4,5", null, 4, 5]]);
    expect((await run("graphs/listing.json", "--input", "pictures=people/top.png,none.png")).stderr).toBe('error: --input pictures: There is no file "none.png".\n');
  });
  it("take a picture from anywhere when it is named on the command line", async () => {
    await mkdir(folder.file("elsewhere"), { recursive: true });
    await savePicture(folder.file("elsewhere/other.webp"), 10, 30);
    expect((await run("picture.json", "--input", "photo=elsewhere/../elsewhere/other.webp")).stdout).toContain("image 10×30");
    expect((await run("picture.json", "--set", "photo.file=elsewhere/other.webp")).stdout).toContain("image 10×30");
    expect((await run("picture.json", "--input", "photo=npm:@vladmandic/face-api/demo/sample1.jpg")).stdout).toContain("image 1920×1280");
  });
  it.each([
    [["--input", "frist=1"], 'no input "frist"; it has first, metric, limit'],
    [["--input", "first"], "--input is given as NAME=PATH or NAME=VALUE"],
    [["--input", "limit=much"], '--input limit: Threshold takes a number; "much" is not.'],
    [["--input", "metric=furlong"], "takes one of"],
    [["--input", "limit=1", "--input", "limit=2"], "--input limit is given twice"],
    [["--set", "threshold=1"], 'has no "."'],
    [["--set", "nobody.threshold=1"], 'no node "nobody"; it has a, b, distance'],
    [["--set", "threshold.limit=1"], 'no parameter "limit"; it has threshold'],
    [["--set", "threshold.threshold=-1"], "threshold.threshold"],
    [["--output", "picture=a.png"], 'no output "picture"; it has decision'],
    [["--output", "decision=a.png"], "saved as .json"],
    [["--output", "table=a"], "has no ending"],
    [["--output", "decision=none/a.json"], "there is no folder"],
    [["--output", "decision=elsewhere.json", "--output", "vector=./elsewhere.json"], "Two outputs are saved to"],
    [["--output", "decision=distance.json"], "would overwrite the graph itself"],
    [["--backend", "abacus"], "there are onnx-native"],
    [["--seed", "lucky"], "--seed takes a whole number"],
    [["--threads", "0"], "--threads takes a whole number of at least 1"],
    [["--allow-read", "nowhere"], "there is no such folder"],
    [["--manifest", "nowhere/m.json"], "there is no folder"],
    [["--manifest", "./distance.json"], "--manifest would overwrite the graph itself"],
    [["--colour"], "unknown option"],
    [["second.json"], "too many arguments"],
  ])("%j is a usage error", async (args, sentence) => {
    const { code, stdout, stderr } = await run(distance, ...args);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
  it("say what is wrong with a file that is named", async () => {
    const missing = await run("picture.json", "--input", "photo=none.jpg");
    expect([missing.code, missing.stderr]).toEqual([2, 'error: --input photo: There is no file "none.jpg".\n']);
    await writeFile(folder.file("broken.jpg"), (await readFile(folder.file("photo.jpg"))).subarray(0, 400));
    const broken = await run("picture.json", "--input", "photo=broken.jpg");
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/broken\.jpg is damaged/);
    expect(broken.stderr).not.toMatch(/\bat .*\.js:/);
  });
});

describe("--output", () => {
  it("saves pictures in the format that the ending names", async () => {
    for (const [ending, format] of [["png", "png"], ["jpg", "jpeg"], ["jpeg", "jpeg"], ["webp", "webp"], ["PNG", "png"]]) {
      const { code, stdout } = await run("picture.json", "--output", `image=saved.${ending}`);
      expect([code, stdout]).toEqual([0, `image: image 40×20, saved to saved.${ending}\n`]);
      expect(await sharp(await readFile(folder.file(`saved.${ending}`))).metadata()).toMatchObject({ format, width: 40, height: 20 });
    }
  });
  it("saves values as JSON, tables and curves also as CSV, texts as they are", async () => {
    const { code } = await run(distance, ...["decision=d.json", "vector=v.json", "table=t.csv", "curve=c.csv", "text=t.txt"].flatMap((o) => ["--output", o]));
    expect(code).toBe(0);
    const read = (name: string) => readFile(folder.file(name), "utf8");
    expect(JSON.parse(await read("d.json"))).toMatchObject({ same: true, threshold: 0.6 });
    expect(JSON.parse(await read("v.json"))).toMatchObject({ dtype: "float32", shape: [1, 2] });
    expect((await read("t.csv")).split("\r\n")).toEqual(["0,1", "0.30000001192092896,0.4000000059604645", ""]);
    expect((await read("c.csv")).split("\r\n")[0]!.split(",").length).toBeGreaterThan(1);
    expect((await read("t.txt")).length).toBeGreaterThan(3);
  });
});

describe("--seed, --backend, --threads, --manifest", () => {
  it("sets every parameter named seed, and the manifest says so", async () => {
    const seeded = graph([node("a", "Signal", { length: 16 }), node("b", "Signal", { length: 16 })], [], [], [{ name: "x", node: "a", port: "signal" }, { name: "y", node: "b", port: "signal" }]);
    await save(folder.file("seeded.json"), seeded);
    const outputs = async (seed: string) => json<{ outputs: { x: { data: number[] }; y: { data: number[] } } }>(await run("seeded.json", "--json", "--seed", seed, "--manifest", "m.json", "--threads", "1")).outputs;
    const [one, again, two] = [await outputs("7"), await outputs("7"), await outputs("8")];
    const manifest = JSON.parse(await readFile(folder.file("m.json"), "utf8")) as { seeds: object; backend: { threads: number } };
    expect(one.x.data).toEqual(one.y.data);
    expect(again).toEqual(one);
    expect(two.x.data).not.toEqual(one.x.data);
    expect(manifest.seeds).toEqual({ "a.seed": 8, "b.seed": 8 });
    expect(manifest.backend.threads).toBe(1);
  });
  it("runs on the engine that is asked for, and gives the same answer", async () => {
    const result = json<{ backend: { id: string }; outputs: { decision: { distance: number } } }>(await run(distance, "--json", "--backend", "reference"));
    expect(result.backend.id).toBe("reference");
    expect(result.outputs.decision.distance).toBeCloseTo(0.5, 6);
  });
  it("says why an engine cannot be used, and takes no other", async () => {
    const { code, stdout, stderr } = await run(distance, "--backend", "onnx-webgpu");
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: The backend onnx-webgpu cannot be used here\. .+\.\n$/);
  });
});

describe("graphs that cannot run", () => {
  it("are reported with every problem, and nothing is run", async () => {
    const wrong = graph([node("d", "Distance"), node("t", "Threshold", { threshold: "high" })], [["d.distance", "t.distance"]], [], [{ name: "decision", node: "t", port: "decision" }]);
    const { code, stdout, stderr } = await run(await save(folder.file("wrong.json"), wrong));
    expect(code).toBe(2);
    expect(stdout).toBe("");
    for (const place of ["d.a", "d.b", "t.threshold"]) expect(stderr).toContain(`error ${place}: `);
  });
  it("say so when there is no graph", async () => {
    expect(await run("none.json")).toEqual({ code: 2, stdout: "", stderr: "error: There is no graph file none.json.\n" });
    expect((await run(folder.path)).stderr).toContain("is not a file");
    await writeFile(folder.file("text.json"), "this is no graph");
    const text = await run("text.json");
    expect(text.code).toBe(2);
    expect(text.stderr).toContain("JSON");
  });
  it("say so when they name no outputs", async () => {
    const { code, stderr } = await run(await save(folder.file("mute.json"), graph([node("a", "Constant")], [], [], [])));
    expect([code, stderr]).toEqual([2, "error: " + folder.file("mute.json") + " names no outputs in its interface, so there is nothing to compute.\n"]);
  });
});
