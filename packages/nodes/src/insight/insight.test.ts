/** Saliency and occlusion on a drawing that is linear in the photo, where both follow from the same numbers; receptive fields against gradients. */
import { Builder, type ImageValue, type NetworkValue, type TensorValue } from "@patchbay/runtime/node-api";
import { openNetwork, receptiveField } from "@patchbay/runtime/networks";
import { loadGraph, run } from "@patchbay/runtime";
import { describe, expect, it } from "vitest";
import { referenceBackend } from "../../../runtime/src/backends/reference/index.ts";
import { gradient } from "../../../runtime/src/passes/index.ts";
import { programToOnnx } from "../../../runtime/src/onnx/index.ts";
import { onWire } from "./looking-network.ts";

const [HEIGHT, WIDTH] = [16, 20];
const node = (id: string, type: string, params: object = {}) => ({ id, type, version: 1, params, position: { x: 0, y: 0 } });

/** A mean over a convolution without anything behind it. */
async function explained(last: object[], wires: [string, string][], outputs: string[]) {
  const graph = await loadGraph({
    format: "patchbay-graph", version: 1,
    nodes: [node("photo", "Pattern", { width: WIDTH, height: HEIGHT }), node("paint", "GeneratedImage"), node("conv", "Conv2D", { kernel: 3, filters: 2, seed: 3 }), node("unit", "UnitActivation", { channel: 1 }), ...last],
    wires: [["photo.image", "paint.content"], ["paint.image", "conv.input"], ["conv.output", "unit.activations"], ...wires].map(([from, to]) => ({ from, to })),
    interface: { inputs: [], outputs: [] },
  });
  try {
    return { graph, ...(await run(graph, { backend: "onnx-native", outputs })) };
  } finally {
    await graph.dispose();
  }
}

describe("what a number hangs on", () => {
  it("the gradient and the covered photo tell the same of a linear drawing", async () => {
    const { graph, outputs } = await explained(
      [node("saliency", "Saliency", { blur: 0 }), node("occlusion", "OcclusionMap", { patch: 4, stride: 4, fill: "black" })],
      [["unit.loss", "saliency.loss"], ["unit.loss", "occlusion.loss"]],
      ["saliency.gradient", "saliency.map", "saliency.overlay", "occlusion.map", "occlusion.largest", "photo.image"],
    );
    expect(graph.inference.types.get("saliency.map")).toMatchObject({ shape: [1, HEIGHT, WIDTH, 1] });
    const slope = (outputs["saliency.gradient"] as TensorValue).data;
    const photo = (outputs["photo.image"] as ImageValue).data;
    // Covering a patch takes away the sum of gradient times photo under it.
    const changes: number[] = [];
    for (let y = 0; y < HEIGHT; y += 4)
      for (let x = 0; x < WIDTH; x += 4) {
        let sum = 0;
        for (let r = y; r < y + 4; r++) for (let c = x; c < x + 4; c++) for (let k = 0; k < 3; k++) sum += (slope[(r * WIDTH + c) * 3 + k]! * photo[(r * WIDTH + c) * 3 + k]!) / 255;
        changes.push(sum);
      }
    const largest = changes.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    expect((outputs["occlusion.largest"] as TensorValue).data[0]).toBeCloseTo(largest, 5);
    const map = (outputs["occlusion.map"] as TensorValue).data;
    changes.forEach((change, i) => expect(map[Math.floor(i / 5) * 4 * WIDTH + (i % 5) * 4]).toBeCloseTo(change / Math.abs(largest), 3));
    const magnitude = (outputs["saliency.map"] as TensorValue).data;
    expect(Math.max(...magnitude)).toBeCloseTo(1, 6);
    const most = Math.max(...slope.map(Math.abs));
    expect(magnitude[37]).toBeCloseTo(Math.max(...[0, 1, 2].map((k) => Math.abs(slope[37 * 3 + k]!))) / most, 5);
    expect((outputs["saliency.overlay"] as ImageValue).width).toBe(WIDTH);
  });

  it("gradients of noisy copies average to the same of a linear drawing", async () => {
    const wires: [string, string][] = [["unit.loss", "one.loss"], ["unit.loss", "many.loss"]];
    const { outputs } = await explained([node("one", "Saliency"), node("many", "Saliency", { samples: 4, noise: 0.2 })], wires, ["one.gradient", "many.gradient"]);
    const [one, many] = [(outputs["one.gradient"] as TensorValue).data, (outputs["many.gradient"] as TensorValue).data];
    one.forEach((v, i) => expect(many[i]).toBeCloseTo(v, 6));
  });
});

/** Positive weights throughout, so that every pixel that a unit can depend on has a gradient. */
function branching(): NetworkValue {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [1, 3, 40, 33] });
  const ones = (o: number, c: number, k: number) => b.floats([o, c, k, k], new Array<number>(o * c * k * k).fill(0.1));
  const first = b.conv(x, ones(8, 3, 5), { strides: [2, 2], padLow: [1, 2], padHigh: [2, 1] });
  const pooled = b.avgPool(first, [3, 3], { strides: [2, 2], padLow: [1, 1], padHigh: [0, 0] });
  const narrow = b.conv(pooled, ones(8, 8, 1));
  const wide = b.conv(pooled, ones(8, 8, 3), { dilations: [2, 2], padLow: [2, 2], padHigh: [2, 2] });
  const bytes = programToOnnx(b.build({ y: b.add(narrow, wide) }));
  return { kind: "network", network: "onnx-test", title: "branching", format: "onnx", files: [{ name: "b.onnx", bytes }], input: { name: "x", layout: "channels-first", shape: [40, 33, 3], times: [1], plus: [0] }, output: "y" };
}

describe("receptive fields", () => {
  it.each([[0, 0], [3, 4], [9, 0], [9, 7], [5, 6]])("of unit %i,%i are exactly where its gradient is not zero", async (row, column) => {
    const network = branching();
    const looking = onWire(network);
    const box = looking.sees("y", [row, column], 40, 33);
    const b = new Builder();
    const x = b.input("x", { dtype: "float32", shape: [1, 40, 33, 3] });
    const y = looking.write(b, x, ["y"]).get("y")!;
    expect(y.shape.slice(1, 3)).toEqual([10, 8]);
    const unit = b.sum(b.slice(y, [0, row, column, 0], [1, row + 1, column + 1, 8]));
    const executable = await referenceBackend.compile(gradient(b.build({ unit }), { output: "unit", inputs: ["x"] }));
    const slope = (await executable.run({ x: { dtype: "float32", shape: [1, 40, 33, 3], data: new Float32Array(40 * 33 * 3).fill(0.5) } }))["grad:x"]!.data;
    const touched = Array.from({ length: 40 * 33 }, (_, p) => p).filter((p) => slope[3 * p] !== 0);
    const [rows, columns] = [touched.map((p) => Math.floor(p / 33)), touched.map((p) => p % 33)];
    expect(box).toEqual({ x: Math.min(...columns), y: Math.min(...rows), width: Math.max(...columns) + 1 - Math.min(...columns), height: Math.max(...rows) + 1 - Math.min(...rows) });
  });

  it("are not made up behind a layer that is no window", () => {
    const source = { inputs: [{ name: "x", dtype: "float32", shape: [1, 3, 8, 8] }], layers: [{ name: "r", op: "Resize", channels: 3, reach: "other" as const, from: ["x"] }] };
    expect(receptiveField(source, "r", [1, 1], new Map([["x", [8, 8]], ["r", [16, 16]]]))).toBeNull();
    expect(openNetwork(branching()).opaque).toBeNull();
  });
});
