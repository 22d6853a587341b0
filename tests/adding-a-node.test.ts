/** Executes docs/adding-a-node.md: its files are written where it says, and hold what the suite asks of every node. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistry, inferGraph } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { Builder, type NodeCase, type RunnableNode, type TensorValue } from "@patchbay/runtime/node-api";
import { nodeReference } from "../apps/cli/src/docs/node-reference.ts";
import { portKind } from "../apps/editor/src/model/port-kind.ts";
import { searchNodes } from "../apps/editor/src/model/search-nodes.ts";
import { chooseInline } from "../apps/editor/src/params/inline-choice.ts";
import { tensorForm } from "../apps/editor/src/views/tensor/form.ts";
import { caseGraph, contradiction, difference, runCase } from "../packages/nodes/src/testing/run-case.ts";
import { gradientErrors } from "../packages/runtime/src/passes/check-gradient.ts";

const page = await readFile("docs/adding-a-node.md", "utf8");
const blocks = [...page.matchAll(/```ts (file|line)=(\S+)\n([\s\S]*?)```/g)].map(([, kind, path, text]) => ({ kind, path: path!, text: text! }));
const files = blocks.filter((b) => b.kind === "file");

/** Under a name of its own, so that a run that is killed leaves nothing that the library would take for a node. */
const scratch = (path: string) => path.replace(/\/luminance(\.case)?\.ts$/, "/__walkthrough__$1.ts");

describe("docs/adding-a-node.md", () => {
  let node: RunnableNode;
  let example: NodeCase;

  beforeAll(async () => {
    for (const { path, text } of files) await writeFile(scratch(path), text);
    const load = (path: string) => import(/* @vite-ignore */ `${process.cwd()}/${scratch(path)}`) as Promise<{ luminance: RunnableNode; cases: NodeCase[] }>;
    node = (await load(files[0]!.path)).luminance;
    example = (await load(files[1]!.path)).cases[0]!;
  });
  afterAll(async () => {
    for (const { path } of files) await rm(scratch(path), { force: true });
  });

  it("takes two files and one line", () => {
    expect(blocks.map((b) => [b.kind, b.path])).toEqual([
      ["file", "packages/nodes/src/images/luminance.ts"],
      ["file", "packages/nodes/src/images/luminance.case.ts"],
      ["line", "packages/nodes/src/library.ts"],
    ]);
    expect(blocks[2]!.text.trim()).toBe('export { luminance } from "./images/luminance.ts";');
  });

  it.each(["reference", "onnx-native"] as const)("computes its worked example on %s, in the shape that was inferred", async (backend) => {
    const { result, types } = await runCase(node, example, backend);
    const found = result.outputs["luminance"]!;
    expect(types.get("node.luminance")).toMatchObject({ shape: [1, 1, 3, 1] });
    expect(contradiction(types.get("node.luminance"), found)).toBeNull();
    expect(difference(found, example.expected["luminance"] as TensorValue)).toBeLessThan(1e-5);
  });

  it("has a gradient", () => {
    const b = new Builder();
    const given = example.inputs!["image"] as TensorValue;
    const out = node.lower!({ b, params: example.params!, prepared: undefined, inputs: { image: b.input("image", given) }, inputLists: {}, known: {}, weight: (_, start) => b.constant(start()) });
    for (const { error } of gradientErrors(b.build(out as never), { image: given })) expect(error).toBeLessThan(1e-6);
  });

  it("appears in the reference", () => {
    expect(nodeReference(createRegistry([...nodes.declarations, node]))).toContain("### Luminance");
  });

  it("is found, coloured and shown by the editor as the page says", () => {
    const [output] = node.outputs;
    expect(searchNodes(createRegistry([...nodes.declarations, node]), "brightness")[0]?.type).toBe("Luminance");
    expect(portKind(node.inputs[0]!.type)).toBe("picture");
    expect(tensorForm([1, 480, 640, 1], output!.type)).toBe("maps");
    expect(chooseInline(node.params, {}).shown.map((spec) => spec.name)).toEqual(["gamma"]);
  });

  it("shows shapes before anything runs", () => {
    const { document, registry } = caseGraph(node, example);
    expect(inferGraph(document, registry).diagnostics).toEqual([]);
  });
});
