/** `patchbay check`, `nodes`, `devices` and the command line's own manners. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { graph, node, picture, save, savePictures, style } from "./graphs.ts";
import { json, patchbay, ROOT, useFolder } from "./patchbay.ts";

const folder = useFolder();
beforeAll(async () => {
  await savePictures(folder.path);
  await save(folder.file("style.json"), style(10, 48));
});
const check = (...args: string[]) => patchbay(["check", ...args], { cwd: folder.path });
interface Checked {
  ok: boolean;
  diagnostics: { code: string; severity: string; message: string; node?: string; port?: string }[];
  types: { [port: string]: { kind?: string; dtype?: string; shape?: unknown[] } };
}

describe("check", () => {
  it("finds nothing wrong with a good graph, and tells every type", async () => {
    const outcome = await check("--json", "style.json");
    const { ok, diagnostics, types } = json<Checked>(outcome);
    expect([outcome.code, ok, diagnostics, outcome.stderr]).toEqual([0, true, [], ""]);
    expect(types["content.image"]).toEqual({ kind: "image", width: 64, height: 48 });
    expect(types["small.image"]).toEqual({ dtype: "float32", shape: [1, 36, 48, 3] });
    expect(types["total.total"]).toEqual({ dtype: "float32", shape: [] });
    expect((await check("style.json")).stdout).toBe("ok style.json: no problems\n");
  });
  it("reports every problem at once, in place", async () => {
    const wrong = graph([node("g", "GramMatrix"), node("c", "Conv2D", { filters: -3 }), node("x", "Teleporter")], [["g.gram", "c.input"]], [], [{ name: "o", node: "c", port: "output" }]);
    const outcome = await check("--json", await save(folder.file("wrong.json"), wrong));
    const { ok, diagnostics } = json<Checked>(outcome);
    expect([outcome.code, ok]).toEqual([2, false]);
    for (const d of diagnostics) expect(d).toEqual(expect.objectContaining({ code: expect.stringMatching(/^[a-z0-9-]+$/), severity: expect.stringMatching(/^(error|warning|info)$/), message: expect.stringMatching(/[.?!]$/) }));
    expect(new Set(diagnostics.map((d) => d.node))).toEqual(new Set(["g", "c", "x"]));
    const printed = await check("wrong.json");
    expect(printed.code).toBe(2);
    expect(printed.stdout).toContain("error g.activations: ");
    expect(printed.stdout.trimEnd().split("\n").at(-1)).toMatch(/^invalid wrong\.json: \d+ errors/);
  });
  it("has diagnostics for a file that is no graph", async () => {
    await writeFile(folder.file("cut.json"), '{"format":"patchbay-graph","version":1,');
    const outcome = await check("--json", "cut.json");
    expect([outcome.code, outcome.stderr]).toEqual([2, ""]);
    expect(json<Checked>(outcome)).toMatchObject({ ok: false, diagnostics: [{ severity: "error" }], types: {} });
  });
  it("leaves the file as it is, also one of a newer version", async () => {
    const newer = '{"format":"patchbay-graph","version":999,"nodes":[],"wires":[],"interface":{"inputs":[],"outputs":[]}}';
    await writeFile(folder.file("newer.json"), newer);
    const { code, stdout } = await check("newer.json");
    expect(code).toBe(2);
    expect(stdout).toMatch(/newer|version/);
    expect(await readFile(folder.file("newer.json"), "utf8")).toBe(newer);
  });
  it("tells a missing picture on its node, and --allow-read finds it elsewhere", async () => {
    await save(folder.file("missing.json"), picture("none.png"));
    const { diagnostics } = json<Checked>(await check("--json", "missing.json"));
    expect(diagnostics[0]).toMatchObject({ severity: "error", node: "photo", param: "file" });
    const outside = await save(folder.file("sub-graph.json"), picture(path.join(ROOT, "node_modules/@vladmandic/face-api/demo/sample1.jpg")));
    expect((await check(outside)).code).toBe(2);
    expect((await check(outside, "--allow-read", path.join(ROOT, "node_modules/@vladmandic/face-api"))).code).toBe(0);
  });
});

describe("nodes", () => {
  it("lists every type with ports and parameters", async () => {
    const { code, stdout } = await patchbay(["nodes"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}GramMatrix +activations → gram/m);
    const { nodes } = json<{ nodes: { type: string; doc: string; inputs: { name: string; doc: string }[]; params: { name: string; kind: string }[] }[] }>(await patchbay(["nodes", "--json"]));
    for (const n of nodes) {
      expect(stdout).toContain(n.type);
      expect(n.doc.length).toBeGreaterThan(20);
    }
    expect(nodes.find((n) => n.type === "Image")).toMatchObject({ params: [{ name: "file", kind: "file" }] });
  });
});

describe("devices", () => {
  it("lists every backend, available or with a reason", async () => {
    const outcome = await patchbay(["devices", "--json"]);
    const { backends, default: chosen } = json<{ backends: { id: string; available: boolean; reason?: string; code?: string }[]; default: string }>(outcome);
    expect(outcome.code).toBe(0);
    expect(backends.map((b) => b.id)).toEqual(["onnx-native", "onnx-webgpu", "onnx-wasm", "tfjs-webgpu", "reference"]);
    expect(chosen).toBe("onnx-native");
    for (const b of backends) if (!b.available) expect([b.code, b.reason]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/\.$/)]);
    expect(outcome.stderr).toBe("");
    expect((await patchbay(["devices"])).stdout).toMatch(/^onnx-native +available/m);
  });
});

describe("manners", () => {
  it("prints its version and help, and exits 0", async () => {
    const { version } = JSON.parse(await readFile(path.join(ROOT, "apps/cli/package.json"), "utf8")) as { version: string };
    expect(await patchbay(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    for (const args of [["--help"], ["run", "--help"], ["help", "check"], ["gallery", "--help"]]) expect(await patchbay(args)).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Usage: patchbay") });
  });
  it.each([[[]], [["dance"]], [["run"]], [["check"]], [["export", "x.json"]], [["gallery"]], [["gallery", "enrol", "f"]], [["check", "a", "b"]]])("%j is a usage error", async (args) => {
    const { code, stdout, stderr } = await patchbay(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.length).toBeGreaterThan(10);
  });
  it("does not mind a reader that leaves early", async () => {
    const { execFileSync } = await import("node:child_process");
    const out = execFileSync("sh", ["-c", `"${process.execPath}" apps/cli/bin/patchbay.js nodes --json 2>&1 | head -c 10`], { cwd: ROOT, encoding: "utf8" });
    expect(out).toBe('{"nodes":[');
  });
  it("is linked as the workspace's own command", async () => {
    const { execFileSync } = await import("node:child_process");
    expect(execFileSync(path.join(ROOT, "node_modules/.bin/patchbay"), ["--version"], { encoding: "utf8" })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
  it("loads no engine, no node and no decoder to print its version", async () => {
    // Node's own trace names every module that it loads.
    const { stderr } = await patchbay(["--version"], { env: { NODE_DEBUG: "esm" } });
    expect(stderr).toContain("commander");
    expect(stderr).not.toMatch(/onnxruntime|sharp|packages\/(?:runtime|nodes)/);
  });
});
