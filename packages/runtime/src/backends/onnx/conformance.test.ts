/** The ONNX backends that run under Node give what the reference gives. */
import { describe, expect, test } from "vitest";
import type { TensorData } from "../../ir/tensor.ts";
import { CONFORMANCE_CASES, conformanceError } from "../conformance-cases.ts";
import { referenceBackend } from "../reference/index.ts";
import { onnxNativeBackend } from "./native.ts";
import { onnxWasmBackend } from "./web.ts";

describe.each([onnxNativeBackend, onnxWasmBackend])("$id", (backend) => {
  test.each(CONFORMANCE_CASES)("$name", async ({ program, inputs, tolerance }) => {
    const [tested, reference] = [await backend.compile(program), await referenceBackend.compile(program)];
    const [got, want] = [await tested.run(inputs), await reference.run(inputs)];
    await tested.dispose();
    expect(Object.keys(got)).toEqual(Object.keys(want));
    for (const name of Object.keys(want)) expect(conformanceError(got[name]!, want[name] as TensorData), name).toBeLessThanOrEqual(tolerance);
  });
});
