/** The style and convolution examples do what their pages say: small sizes and few steps, so that every run of the tests can. */
import { readFileSync } from "node:fs";
import { loadGraph, run, type RuntimeValue } from "@patchbay/runtime";
import { nodes } from "@patchbay/nodes";
import { parseGraph, serializeGraph } from "@patchbay/graph-core";
import { expect, test } from "vitest";

const example = (name: string) => new URL(`../examples/${name}.json`, import.meta.url);

test.each(["style-transfer", "style-transfer-gatys", "style-inception", "style-two-styles", "convolutions"])("%s is sound, and canonical to the byte", async (name) => {
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

test("the second look paints too", async () => {
  const graph = await loadGraph(example("style-inception"), { nodes });
  const { outputs } = await run(graph, { inputs: { width: 48, steps: 20 } });
  await graph.dispose();
  const losses = outputs["losses"];
  if (losses?.kind !== "series") throw new Error("other outputs came");
  const total = losses.curves.find((c) => c.name === "total")!.values;
  expect(total.at(-1)!).toBeLessThan(0.7 * total[0]!);
});

test("two styles: each side takes to its own, and the photo's colours stay in the second picture", async () => {
  const graph = await loadGraph(example("style-two-styles"), { nodes });
  const picture = (name: string, colour: (x: number, y: number) => readonly number[]) => ({ kind: "image" as const, width: 64, height: 48, name, data: Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => colour(Math.floor(i / 3) % 64, Math.floor(i / 192))[i % 3]!) });
  const red = picture("red", (x, y) => ((x + y) % 16 < 8 ? [240, 70, 60] : [90, 20, 30]));
  const blue = picture("blue", (x, y) => ((x - y + 64) % 12 < 6 ? [60, 70, 240] : [30, 20, 90]));
  const grey = picture("grey", (x, y) => [100, 100, 100].map((v) => v + ((x * 7 + y * 13 + x * y) % 80)));
  /** How much redder than blue the left of the picture is, less how much the right is. */
  const redderOnTheLeft = (image: RuntimeValue | undefined) => {
    if (image?.kind !== "image") throw new Error("no picture came");
    let sum = 0;
    for (let y = 0; y < image.height; y++) for (const [from, to, sign] of [[0, 24, 1], [40, 64, -1]] as const) for (let x = from; x < to; x++) sum += sign * (image.data[(y * image.width + x) * 3]! - image.data[(y * image.width + x) * 3 + 2]!);
    return sum / (24 * image.height);
  };
  for (const [left, right, sign] of [[red, blue, 1], [blue, red, -1]] as const) {
    const { outputs } = await run(graph, { inputs: { content: grey, left, right, width: 64, steps: 150, strength: 1 } });
    expect(sign * redderOnTheLeft(outputs["image"])).toBeGreaterThan(15);
    expect(Math.abs(redderOnTheLeft(outputs["own-colours"]))).toBeLessThan(2);
  }
  await graph.dispose();
});

test("style-octaves paints at two sizes, and shows how the picture came about", async () => {
  const graph = await loadGraph(example("style-octaves"), { nodes });
  const { outputs } = await run(graph, { inputs: { width: 144, steps: 20 }, params: { "painting.width": 96, "painting.height": 72 } });
  await graph.dispose();
  const { image, losses, film } = outputs;
  if (image?.kind !== "image" || losses?.kind !== "series" || film?.kind !== "file") throw new Error("other outputs came");
  expect([image.width, image.height]).toEqual([144, 101]);
  expect(losses.x.values).toHaveLength(20);
  expect(String.fromCharCode(...film.bytes.slice(0, 6))).toBe("GIF89a");
});

test("style-video paints every frame of its film", async () => {
  const graph = await loadGraph(example("style-video"), { nodes });
  const { outputs } = await run(graph, { inputs: { width: 48, steps: 10, frameSteps: 4 }, outputs: ["film", "paint.frames", "losses"], params: { "content.count": 3 } });
  await graph.dispose();
  const { film, "paint.frames": frames, losses } = outputs;
  if (film?.kind !== "file" || frames?.kind !== "images" || losses?.kind !== "series") throw new Error("other outputs came");
  expect(frames.items.map(({ image }) => [image.width, image.height])).toEqual([[48, 32], [48, 32], [48, 32]]);
  expect(losses.x.values).toHaveLength(18);
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
