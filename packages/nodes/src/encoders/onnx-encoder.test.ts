/** Encoders from ONNX files: pictures are fitted to the file's input, whichever way its axes lie, and what is no encoder is refused. */
import { Builder, float32, type EvaluateContext, type Value } from "@patchbay/runtime/node-api";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { resolveBackend } from "@patchbay/runtime/backends";
import { programToOnnx } from "../../../runtime/src/onnx/index.ts";
import { encodeWithOnnx } from "./onnx-encoder.ts";

const context: Pick<EvaluateContext, "compute" | "runOnnx" | "describeOnnx"> = {
  async compute(_key, inputs, build) {
    const { backend } = await resolveBackend();
    const b = new Builder();
    const executable = await backend.compile(b.build(build(b, Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, b.input(name, t)])))));
    return executable.run(inputs);
  },
  async runOnnx(bytes, inputs) {
    const session = await ort.InferenceSession.create(bytes);
    const out = await session.run(Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, new ort.Tensor("float32", t.data as Float32Array, t.shape)])));
    return Object.fromEntries(Object.entries(out).map(([name, t]) => [name, float32(t.dims, t.data as Float32Array)]));
  },
  async describeOnnx(bytes) {
    const session = await ort.InferenceSession.create(bytes);
    const ports = (list: typeof session.inputMetadata) => list.map((m) => (m.isTensor ? { name: m.name, dtype: m.type, shape: m.shape.map((d) => (typeof d === "number" ? d : null)) } : { name: m.name, dtype: "none", shape: [] }));
    return { inputs: ports(session.inputMetadata), outputs: ports(session.outputMetadata) };
  },
};
const file = (shape: readonly number[], build: (b: Builder, x: Value) => Value, dtype: "float32" | "int32" = "float32") => {
  const b = new Builder();
  return programToOnnx(b.build({ out: build(b, b.input("pixels", { dtype, shape })) }));
};
/** Two pictures of 2×2, red, green and blue different. */
const images = float32([2, 2, 2, 3], [[1, 2, 3], [1, 2, 3], [5, 2, 3], [5, 2, 9], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 4]].flat().map((v) => v / 10));

describe("encodeWithOnnx", () => {
  it("fits channels-first files of one picture at a time, in their size and range", async () => {
    const means = file([1, 3, 4, 4], (b, x) => b.mean(x, [2, 3]));
    const out = await encodeWithOnnx(context, means, images, "0-255");
    expect(out.shape).toEqual([2, 3]);
    [76.5, 51, 114.75, 0, 0, 25.5].forEach((v, i) => expect(out.data[i]).toBeCloseTo(v, 3));
  });

  it("fits channels-last files of a whole batch, and flattens what comes out", async () => {
    const out = await encodeWithOnnx(context, file([2, 2, 2, 3], (b, x) => b.mul(x, 1)), images, "-1-1");
    expect(out.shape).toEqual([2, 12]);
    expect(out.data[0]).toBeCloseTo(-0.8, 5);
    expect(out.data[23]).toBeCloseTo(-0.2, 5);
  });

  it("refuses files that take no pictures, or a number of them that does not fit", async () => {
    await expect(encodeWithOnnx(context, file([1, 128], (b, x) => b.mul(x, 1)), images, "0-1")).rejects.toMatchObject({ code: "onnx-not-encoder", message: expect.stringContaining("pixels: float32[1,128]") });
    await expect(encodeWithOnnx(context, file([3, 3, 2, 2], (b, x) => b.mul(x, 1)), images, "0-1")).rejects.toMatchObject({ code: "onnx-batch" });
    await expect(encodeWithOnnx(context, file([1, 3, 2, 2], (b, x) => b.add(x, 1), "int32"), images, "0-1")).rejects.toMatchObject({ code: "onnx-not-encoder" });
  });
});
