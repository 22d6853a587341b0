/** Graph files made to do harm: the command answers with located problems, soon, and never crashes. */
import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { graph, node, save } from "./graphs.ts";
import { json, patchbay, useFolder } from "./patchbay.ts";

const folder = useFolder();
const EMPTY = { format: "patchbay-graph", version: 1, nodes: [], wires: [], interface: { inputs: [], outputs: [] } };
const text = (extra: string) => JSON.stringify(EMPTY).replace('"nodes":[]', extra);

const files: { [what: string]: string | Uint8Array } = {
  "an empty file": "",
  "bytes that are no text": Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) & 255),
  "half a file": '{"format":"patchbay-graph","version":1,"nodes":[{"id":"a"',
  "lists a hundred thousand deep": "[".repeat(100_000),
  "params a hundred thousand deep": text(`"nodes":[{"id":"a","type":"Constant","version":1,"position":{"x":0,"y":0},"params":{"values":${"[".repeat(100_000)}${"]".repeat(100_000)}}}]`),
  "__proto__ as a key and as an id": text('"nodes":[{"id":"__proto__","type":"Constant","version":1,"params":{"__proto__":{"polluted":true}},"position":{"x":0,"y":0}}],"__proto__":{"polluted":true}'),
  "a number beyond all numbers": text('"nodes":[{"id":"a","type":"Constant","version":1,"params":{"values":[1e999]},"position":{"x":1e999,"y":0}}]'),
  "ids twice": text('"nodes":[{"id":"a","type":"Constant","version":1,"params":{},"position":{"x":0,"y":0}},{"id":"a","type":"Constant","version":1,"params":{},"position":{"x":0,"y":0}}]'),
  "a list instead of a graph": "[1,2,3]",
  "escape sequences as names": text('"nodes":[{"id":"\\u001b[2J","type":"\\u001b]0;owned\\u0007","version":1,"params":{},"position":{"x":0,"y":0}}]'),
};

describe("check on hostile files", () => {
  it.each(Object.keys(files))("%s", async (what) => {
    const file = folder.file("hostile.json");
    await writeFile(file, files[what]!);
    const began = Date.now();
    const outcome = await patchbay(["check", "--json", file]);
    expect(Date.now() - began).toBeLessThan(10_000);
    const { ok, diagnostics } = json<{ ok: boolean; diagnostics: { message: string; severity: string }[] }>(outcome);
    expect([outcome.code, ok, outcome.stderr]).toEqual([2, false, ""]);
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message } of diagnostics) expect(message).not.toMatch(/undefined|TypeError|Maximum call stack|\[object/);
    const printed = await patchbay(["check", file]);
    expect(printed.stdout + printed.stderr).not.toContain("\u001b");
    const run = await patchbay(["run", file]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
  it("a cycle, and wires to nowhere", async () => {
    const cycle = graph([node("a", "Activation"), node("b", "Activation")], [["a.output", "b.input"], ["b.output", "a.input"], ["a.output", "none.input"], ["a.none", "b.input"]], [], [{ name: "o", node: "b", port: "output" }]);
    const { diagnostics } = json<{ diagnostics: { code: string; wire?: string }[] }>(await patchbay(["check", "--json", await save(folder.file("cycle.json"), cycle)]));
    expect(diagnostics.map((d) => d.code).join()).toContain("cycle");
    expect(diagnostics.filter((d) => d.wire).length).toBeGreaterThan(0);
  });
  it("a chain of 20,000 nodes", async () => {
    const nodes = [node("n0", "Constant", { values: [[1, 2]] }), ...Array.from({ length: 20_000 }, (_, i) => node(`n${i + 1}`, "Activation"))];
    const wires = Array.from({ length: 20_000 }, (_, i) => [`n${i}.${i === 0 ? "value" : "output"}`, `n${i + 1}.input`] as const);
    const file = await save(folder.file("chain.json"), graph(nodes, wires, [], [{ name: "end", node: "n20000", port: "output" }]));
    const began = Date.now();
    const outcome = await patchbay(["check", "--json", file]);
    expect(outcome.code).toBe(0);
    expect(json<{ types: { [port: string]: unknown } }>(outcome).types["n20000.output"]).toEqual({ dtype: "float32", shape: [1, 2] });
    expect(Date.now() - began).toBeLessThan(10_000);
  });
  it("a folder, a device and a pipe in the place of a graph", async () => {
    for (const file of [folder.path, "/dev/zero"]) {
      const { code, stderr } = await patchbay(["check", file]);
      expect([code, stderr]).toEqual([2, `error: ${file} is not a file; name a graph's JSON file.\n`]);
    }
  });
});
