import { expect, test } from "vitest";
import { Builder } from "./builder.ts";
import { printProgram } from "./print.ts";
import { float32 } from "./tensor.ts";

test("a program prints one line an equation, neutral attributes left out", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [1, 2, 5, 5] });
  const w = b.constant(float32([3, 2, 3, 3], Float32Array.from({ length: 54 }, (_, i) => i / 7)));
  const y = b.relu(b.conv(x, w, { strides: [2, 2] }));
  const { values, indices } = b.topK(b.reshape(y, [3, 4]), 2);
  const padded = b.pad(b.mul(values, 0.1), [0, 1], [0, 0], { mode: "edge" });
  expect(printProgram(b.build({ padded, indices }))).toMatchInlineSnapshot(`
    "(x:f32[1,2,5,5]) {
      a:f32[3,2,3,3] = constant {0 0.142857 0.285714 0.428571 0.571429 0.714286 …}
      b:f32[1,3,2,2] = conv strides=[2,2] x a
      c:f32[1,3,2,2] = clip min=0 max=Infinity b
      d:f32[3,4] = reshape shape=[3,4] c
      e:f32[3,2], f:i32[3,2] = topK k=2 largest d
      g:f32[3,2] = mul e 0.1
      h:f32[3,3] = pad mode=edge low=[0,1] g
    } -> padded=h, indices=f"
  `);
});

test("names depend on order alone, and keep clear of the inputs' names", () => {
  const make = (extra: boolean) => {
    const b = new Builder();
    if (extra) b.scalar(42); // takes an id
    const a = b.input("a", { dtype: "int32", shape: [2] });
    const program = b.build({ y: b.neg(b.add(a, 3)) });
    return extra ? { ...program, equations: program.equations.slice(1) } : program;
  };
  expect(printProgram(make(true))).toBe(printProgram(make(false)));
  expect(printProgram(make(false))).toMatchInlineSnapshot(`
    "(a:i32[2]) {
      b:i32[2] = add a 3i32
      c:i32[2] = neg b
    } -> y=c"
  `);
});
