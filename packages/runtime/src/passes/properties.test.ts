import { array, assert, nat, property, subarray } from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { checkProgram } from "../ir/check.ts";
import { hashProgram } from "../ir/hash.ts";
import type { Program } from "../ir/program.ts";
import { cse, dce, fold, gradient, hoistInvariants, layout, optimise, simplify } from "./index.ts";
import { transposedElements } from "./layout.ts";
import { programFrom } from "./random-program.ts";
import { weightedLoss } from "./weighted-loss.ts";

const choices = array(nat(10_000), { minLength: 1, maxLength: 14 });
/** Fixed, so that a failure is everybody's failure. */
const RUNS = { numRuns: 150, seed: 20240607 };

type Inputs = ReturnType<typeof programFrom>["inputs"];

function expectSame(a: { [name: string]: { data: Float64Array; shape: readonly number[] } }, b: typeof a, tolerance: number): void {
  expect(Object.keys(b)).toEqual(Object.keys(a));
  for (const [name, t] of Object.entries(a)) {
    expect(b[name]!.shape).toEqual(t.shape);
    const scale = t.data.reduce((m, v) => Math.max(m, Math.abs(v)), 1);
    t.data.forEach((v, i) => expect(Math.abs(v - b[name]!.data[i]!)).toBeLessThanOrEqual(tolerance * scale));
  }
}

/** The program, and the gradient of a scalar made of it. */
const both = (program: Program, inputs: Inputs): Program[] => [program, gradient(weightedLoss(program), { output: "loss", inputs: Object.keys(inputs) })];

const EXACT = 1e-12;
/** Where constants meet, they are rounded to float32 once more. */
const ROUNDED = 2e-6;

describe.each([
  ["dce", dce, EXACT], ["cse", cse, EXACT], ["layout", layout, EXACT], ["simplify", simplify, ROUNDED], ["fold", fold, ROUNDED], ["optimise", optimise, ROUNDED],
] as const)("%s on arbitrary programs", (_name, run, tolerance) => {
  test("keeps values, validity and inputs, and is idempotent", () => {
    assert(
      property(choices, (list) => {
        const { program, inputs } = programFrom(list);
        for (const p of both(program, inputs)) {
          const after = checkProgram(run(p));
          expect(after.inputs.map((i) => i.name)).toEqual(p.inputs.map((i) => i.name));
          expectSame(evaluate64(p, inputs), evaluate64(after, inputs), tolerance);
          if (run !== optimise) expect(hashProgram(run(after))).toBe(hashProgram(after));
        }
      }),
      RUNS,
    );
  });
});

test("layout never transposes more", () => {
  assert(
    property(choices, (list) => {
      const { program } = programFrom(list);
      expect(transposedElements(layout(program))).toBeLessThanOrEqual(transposedElements(program));
    }),
    RUNS,
  );
});

test("a prologue and its main program together compute what the whole did", () => {
  assert(
    property(choices, subarray(["x0", "x1", "x2", "x3"]), (list, varying) => {
      const { program, inputs } = programFrom(list);
      for (const p of both(program, inputs)) {
        const { prologue, main } = hoistInvariants(p, { varying });
        checkProgram(main);
        const ahead = prologue ? evaluate64(checkProgram(prologue), inputs) : {};
        expectSame(evaluate64(p, inputs), evaluate64(main, { ...inputs, ...ahead }), 1e-12);
        for (const name of varying) expect(prologue?.inputs.map((i) => i.name) ?? []).not.toContain(name);
      }
    }),
    RUNS,
  );
});

test("gradients of arbitrary programs agree with central differences", () => {
  assert(
    property(choices, (list) => {
      const { program, inputs } = programFrom(list, { smooth: true });
      const loss = weightedLoss(program);
      const grads = evaluate64(gradient(loss, { output: "loss", inputs: Object.keys(inputs) }), inputs);
      const at = (by: number) => evaluate64(loss, Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, { shape: t.shape, data: Float64Array.from(t.data, (v, i) => v + by * Math.sin(i + 1)) }])))["loss"]!.data[0]!;
      const step = 1e-6;
      const numeric = (at(step) - at(-step)) / (2 * step);
      const analytic = Object.keys(inputs).reduce((sum, name) => sum + grads[`grad:${name}`]!.data.reduce((s, g, i) => s + g * Math.sin(i + 1), 0), 0);
      expect(Math.abs(analytic - numeric) / Math.max(1, Math.abs(numeric))).toBeLessThan(1e-5);
    }),
    RUNS,
  );
});
