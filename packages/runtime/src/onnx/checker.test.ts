/** ONNX's own checker accepts every model we write; runs where Python has the `onnx` package. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CONFORMANCE_CASES } from "../backends/conformance-cases.ts";
import { programToOnnx } from "./program-to-onnx.ts";

const PYTHON = "/usr/bin/python3";
const hasOnnx = spawnSync(PYTHON, ["-c", "import onnx"]).status === 0;

const CHECK = `
import glob, onnx, sys
for path in sorted(glob.glob(sys.argv[1] + "/*.onnx")):
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        declared = [[d.dim_value for d in o.type.tensor_type.shape.dim] for o in model.graph.output]
        inferred = [[d.dim_value for d in o.type.tensor_type.shape.dim] for o in onnx.shape_inference.infer_shapes(model, strict_mode=True).graph.output]
        if declared != inferred: print(path, declared, inferred)
    except Exception as error:
        print(path, error)
`;

test.skipIf(!hasOnnx)(`onnx.checker accepts a model of every operation (skipped where ${PYTHON} cannot import onnx)`, () => {
  const folder = mkdtempSync(join(tmpdir(), "patchbay-onnx-"));
  try {
    CONFORMANCE_CASES.forEach((c, i) => writeFileSync(join(folder, `${i}.onnx`), programToOnnx(c.program, { name: c.name, docs: { x0: "first" }, metadata: { case: c.name } })));
    const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", CHECK, folder], { encoding: "utf8" });
    expect(stdout + (status === 0 ? "" : stderr)).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
