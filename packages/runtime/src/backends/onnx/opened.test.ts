import { expect, it } from "vitest";
import { Builder } from "../../ir/builder.ts";
import { float32 } from "../../ir/tensor.ts";
import { programToOnnx } from "../../onnx/index.ts";
import { onnxNativeBackend } from "./native.ts";
import { onnxWasmBackend } from "./web.ts";

const b = new Builder();
const bytes = programToOnnx(b.build({ y: b.mul(b.input("x", { dtype: "float32", shape: [2, 3] }), 2) }));

it.each([onnxNativeBackend, onnxWasmBackend])("opens and runs a file as it is ($id)", async (backend) => {
  const file = await backend.openOnnx!(bytes);
  expect(file.inputs).toEqual([{ name: "x", dtype: "float32", shape: [2, 3] }]);
  expect(file.outputs).toEqual([{ name: "y", dtype: "float32", shape: [2, 3] }]);
  const { y } = await file.run({ x: float32([2, 3], [1, 2, 3, 4, 5, 6]) });
  expect([...y!.data]).toEqual([2, 4, 6, 8, 10, 12]);
  await file.dispose();
});

it.each([onnxNativeBackend, onnxWasmBackend])("refuses what is no ONNX file ($id)", async (backend) => {
  await expect(backend.openOnnx!(bytes.slice(0, 40))).rejects.toThrow(/\w/);
});
