import { expect, test } from "vitest";
import { checkProgram } from "../ir/check.ts";
import { OP_NAMES } from "../ir/ops.ts";
import { CONFORMANCE_CASES, conformanceError } from "./conformance-cases.ts";
import { referenceBackend } from "./reference/index.ts";

test("every operation has at least two cases, under unique names", () => {
  for (const op of OP_NAMES) expect(CONFORMANCE_CASES.filter((c) => c.op === op).length, op).toBeGreaterThanOrEqual(2);
  const names = CONFORMANCE_CASES.map((c) => c.name);
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([]);
});

test("each case is a valid small program of the operation it names, with finite results on the reference", async () => {
  for (const c of CONFORMANCE_CASES) {
    checkProgram(c.program);
    if (c.op !== "composed") expect(c.program.equations.map((e) => e.op), c.name).toContain(c.op);
    const run = await referenceBackend.compile(c.program);
    const out = await run.run(c.inputs);
    for (const t of Object.values(out)) {
      expect(t.data.every(Number.isFinite), c.name).toBe(true);
      expect(Math.max(...t.shape, 1), c.name).toBeLessThanOrEqual(32);
    }
  }
});

test("conformanceError is relative to the largest value, and infinite for what differs in kind", () => {
  const of = (values: number[], shape = [values.length]) => ({ dtype: "float32" as const, shape, data: Float32Array.from(values) });
  expect(conformanceError(of([1, 100]), of([2, 100]))).toBeCloseTo(0.01);
  expect(conformanceError(of([0.25]), of([0.5]))).toBe(0.25);
  expect(conformanceError(of([NaN, Infinity]), of([NaN, Infinity]))).toBe(0);
  expect(conformanceError(of([NaN]), of([1]))).toBe(Infinity);
  expect(conformanceError(of([1]), of([1], [1, 1]))).toBe(Infinity);
});
