/** The style and convolution examples do what their pages say: small sizes and few steps, so that every run of the tests can. */
import { readFileSync } from "node:fs";
import { loadGraph, run } from "@patchbay/runtime";
import { nodes } from "@patchbay/nodes";
import { parseGraph, serializeGraph } from "@patchbay/graph-core";
import { expect, test } from "vitest";

const example = (name: string) => new URL(`../examples/${name}.json`, import.meta.url);

test.each(["style-transfer", "style-transfer-gatys", "convolutions"])("%s is sound, and canonical to the byte", async (name) => {
  const graph = await loadGraph(example(name), { nodes });
  expect(graph.diagnostics).toEqual([]);
  const text = readFileSync(example(name), "utf8");
  expect(serializeGraph(parseGraph(text, { registry: nodes }).document!)).toBe(text);
  for (const entry of [...graph.document.interface.inputs, ...graph.document.interface.outputs]) expect(entry.doc).toMatch(/\.$/);
  await graph.dispose();
});

test("style-transfer paints: every input sets something, and the loss falls", async () => {
  const graph = await loadGraph(example("style-transfer"), { nodes });
  const style = { kind: "image" as const, width: 64, height: 48, data: Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * i * 7 + 31 * i) % 256) };
  const { outputs } = await run(graph, { inputs: { width: 48, steps: 25, strength: 1, style } });
  await graph.dispose();
  const { image, losses } = outputs;
  if (image?.kind !== "image" || losses?.kind !== "series") throw new Error("other outputs came");
  expect([image.width, image.height]).toEqual([48, 34]);
  const curve = (name: string) => losses.curves.find((c) => c.name === name)!.values;
  expect(curve("total")).toHaveLength(25);
  expect(curve("total").at(-1)!).toBeLessThan(0.6 * curve("total")[0]!);
  expect(losses.curves.map((c) => c.name).sort()).toEqual(["content-cost", "smoothness", "style-cost", "total"]);
  // Strength 1 weighs the content by 0.01.
  expect(curve("total")[5]!).toBeCloseTo(0.01 * curve("content-cost")[5]! + curve("style-cost")[5]! + curve("smoothness")[5]!, 4);
});

test("the textbook form starts from noise", async () => {
  const graph = await loadGraph(example("style-transfer-gatys"), { nodes });
  const { outputs } = await run(graph, { inputs: { width: 48, steps: 15 }, params: { "painting.width": 64, "painting.height": 48 } });
  await graph.dispose();
  const losses = outputs["losses"];
  if (losses?.kind !== "series") throw new Error("other outputs came");
  const total = losses.curves.find((c) => c.name === "total")!.values;
  expect(total.at(-1)!).toBeLessThan(0.7 * total[0]!);
});

test("convolutions come out in the worked shapes", async () => {
  const graph = await loadGraph(example("convolutions"), { nodes });
  const { outputs } = await run(graph, {});
  await graph.dispose();
  const text = (name: string) => (outputs[name] as { text: string }).text;
  expect(text("signal-features")).toMatch(/^float32 \[1,6,32\]/);
  expect(text("picture-features")).toMatch(/^float32 \[1,6,6,32\]/);
  expect(text("volume-features")).toMatch(/^float32 \[1,6,6,6,32\]/);
  expect(text("scan-features")).toMatch(/^float32 \[1,30,30,30,32\]/);
  expect(outputs["signal-values"]).toMatchObject({ kind: "tensor", shape: [1, 6, 32] });
});
