import { describe, expect, test } from "vitest";
import { CONFORMANCE_CASES } from "../backends/conformance-cases.ts";
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { checkProgram } from "../ir/check.ts";
import { hashProgram } from "../ir/hash.ts";
import type { Program } from "../ir/program.ts";
import { cse, dce, fold, gradient, layout, optimise, PASSES, simplify } from "./index.ts";
import { weightedLoss } from "./weighted-loss.ts";

/** Constants that meet are rounded to float32 once more. */
const ROUNDING = 3e-7;

function difference(a: Program, b: Program, inputs: Parameters<typeof evaluate64>[1]): number {
  const [p, q] = [evaluate64(a, inputs), evaluate64(b, inputs)];
  expect(Object.keys(q)).toEqual(Object.keys(p));
  return Math.max(0, ...Object.entries(p).map(([name, t]) => {
    expect([q[name]!.dtype, ...q[name]!.shape]).toEqual([t.dtype, ...t.shape]);
    const scale = t.data.reduce((m, v) => Math.max(m, Math.abs(v)), 1);
    return t.data.reduce((m, v, i) => Math.max(m, Object.is(v, q[name]!.data[i]) || v === q[name]!.data[i] ? 0 : Math.abs(v - q[name]!.data[i]!)), 0) / scale;
  }));
}

/** Every case, and the gradient of each that has one. */
const programs = CONFORMANCE_CASES.flatMap((c) => {
  const floats = c.program.inputs.filter((i) => c.program.types[i.value]!.dtype === "float32").map((i) => i.name);
  const withGradient = c.op !== "composed" && floats.length && !/negative base, whole/.test(c.name) ? [{ ...c, name: `${c.name}, gradient`, program: gradient(weightedLoss(c.program), { output: "loss", inputs: floats }) }] : [];
  return [c, ...withGradient];
});

test("every pass that optimise runs is tested here", () => {
  expect(new Set(PASSES.map((p) => p.run))).toEqual(new Set([dce, fold, simplify, layout, cse]));
});

describe.each([dce, fold, simplify, layout, cse])("$name", (run) => {
  test("keeps every value, within rounding where constants meet", () => {
    for (const c of programs) {
      const after = checkProgram(run(c.program));
      expect(difference(c.program, after, c.inputs), c.name).toBeLessThanOrEqual(run === fold || run === simplify ? ROUNDING : 1e-12);
    }
  });

  test("run again on its own result, it changes nothing", () => {
    for (const c of programs) {
      const once = run(c.program);
      expect(hashProgram(run(once)), c.name).toBe(hashProgram(once));
    }
  });
});

test("all passes together keep every value", () => {
  for (const c of programs) expect(difference(c.program, optimise(c.program, { check: true }), c.inputs), c.name).toBeLessThanOrEqual(ROUNDING);
});
