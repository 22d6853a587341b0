import { expect, test } from "vitest";
import { Builder } from "./builder.ts";
import { checkProgram } from "./check.ts";
import type { Equation, Program } from "./program.ts";
import { IrTypeError } from "./type-rules.ts";

function sample(): Program {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [2, 3] });
  return b.build({ y: b.exp(b.add(x, 1)) });
}

const broken = (change: (p: { -readonly [K in keyof Program]: Program[K] }) => void): Program => {
  const p = { ...sample() };
  change(p);
  return p;
};

test("what the builder writes is valid", () => {
  expect(checkProgram(sample()).equations.map((e) => e.op)).toEqual(["constant", "add", "exp"]);
});

test.each<[string, RegExp, Program]>([
  ["a use before the definition", /equation 0.*value 2 is used before/, broken((p) => (p.equations = [...p.equations].reverse()))],
  ["two definitions", /equation 3.*value 3 is defined twice/, broken((p) => (p.equations = [...p.equations, p.equations[2]!]))],
  ["a redefined input", /value 0 is defined twice/, broken((p) => (p.equations = [...p.equations, { ...p.equations[2]!, outputs: [0] } as Equation]))],
  ["a stored type that is not computed", /equation 1, %2:f32\[3,2\] = add %0 %1: stored as float32\[3,2\] but computes float32\[2,3\]/, broken((p) => (p.types = p.types.map((t, i) => (i === 2 ? { dtype: "float32", shape: [3, 2] } : t))))],
  ["operands that do not fit", /equation 1.*do not broadcast/, broken((p) => (p.types = p.types.map((t, i) => (i === 1 ? { dtype: "float32", shape: [2] } : t)), (p.equations = [{ op: "constant", attrs: { tensor: { dtype: "float32", shape: [2], data: new Float32Array(2) } }, inputs: [], outputs: [1] }, ...p.equations.slice(1)])))],
  ["too few inputs", /equation 1.*1 inputs/, broken((p) => (p.equations = p.equations.map((e, i) => (i === 1 ? ({ ...e, inputs: [0] } as Equation) : e))))],
  ["an output that nothing defines", /output y: value 9 is not defined/, broken((p) => (p.outputs = [{ name: "y", value: 9 }]))],
  ["two inputs of one name", /two inputs named x/, broken((p) => (p.inputs = [...p.inputs, ...p.inputs]))],
  ["a constant that does not fill its shape", /equation 0.*do not fill/, broken((p) => (p.equations = [{ op: "constant", attrs: { tensor: { dtype: "float32", shape: [], data: new Float32Array(2) } }, inputs: [], outputs: [1] }, ...p.equations.slice(1)]))],
])("%s is refused, with the equation named", (_what, message, program) => {
  expect(() => checkProgram(program)).toThrow(IrTypeError);
  expect(() => checkProgram(program)).toThrow(message);
});
