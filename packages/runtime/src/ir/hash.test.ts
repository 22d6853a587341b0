import { expect, test } from "vitest";
import { Builder } from "./builder.ts";
import { hashProgram } from "./hash.ts";
import type { Program } from "./program.ts";

function program({ input = "x", output = "y", add = 1, clip = Infinity, hole = false } = {}): Program {
  const b = new Builder();
  if (hole) b.scalar(99);
  const x = b.input(input, { dtype: "float32", shape: [2, 3] });
  const built = b.build({ [output]: b.clip(b.add(x, b.floats([3], [add, 2, 3])), 0, clip) });
  return hole ? { ...built, equations: built.equations.slice(1) } : built;
}

test("the hash does not see value ids, and sees everything that changes the function", () => {
  const plain = hashProgram(program());
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(hashProgram(program({ hole: true }))).toBe(plain);
  const others = [program({ input: "z" }), program({ output: "z" }), program({ add: 1.5 }), program({ clip: 6 })].map(hashProgram);
  expect(new Set([plain, ...others]).size).toBe(5);
});

test("the order in which inputs and outputs are listed does not matter", () => {
  const b = new Builder();
  const [p, q] = [b.input("p", { dtype: "float32", shape: [] }), b.input("q", { dtype: "float32", shape: [] })];
  const made = b.build({ sum: b.add(p, q), difference: b.sub(p, q) });
  expect(hashProgram({ ...made, inputs: [...made.inputs].reverse(), outputs: [...made.outputs].reverse() })).toBe(hashProgram(made));
});
