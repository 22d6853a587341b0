import { expect, test } from "vitest";
import { Builder } from "../ir/builder.ts";
import { printProgram } from "../ir/print.ts";
import { hoistInvariants } from "./index.ts";

const float = (...shape: number[]) => ({ dtype: "float32", shape }) as const;

test("what depends on no varying input is computed ahead; constants and repetition are not kept in memory", () => {
  const b = new Builder();
  const [x, target, scale] = [b.input("x", float(4)), b.input("target", float(4)), b.input("scale", float())];
  const wide = b.broadcast(b.exp(scale), [4]);
  const program = b.build({ y: b.add(b.mul(b.sub(x, b.tanh(target)), wide), b.floats([4], [1, 2, 3, 4])) });
  const { prologue, main } = hoistInvariants(program, { varying: ["x"] });
  expect(printProgram(prologue!)).toMatchInlineSnapshot(`
    "(target:f32[4], scale:f32[]) {
      a:f32[] = exp scale
      b:f32[4] = tanh target
    } -> hoisted:0=a, hoisted:1=b"
  `);
  expect(printProgram(main)).toMatchInlineSnapshot(`
    "(x:f32[4], hoisted:0:f32[], hoisted:1:f32[4]) {
      a:f32[4] = broadcast shape=[4] hoisted:0
      b:f32[4] = sub x hoisted:1
      c:f32[4] = mul b a
      d:f32[4] = constant {1 2 3 4}
      e:f32[4] = add c d
    } -> y=e"
  `);
});

test("an invariant output keeps its name and passes through; the main program still has every output", () => {
  const b = new Builder();
  const [x, c] = [b.input("x", float(2)), b.input("c", float(2))];
  const fixed = b.exp(c);
  const { prologue, main } = hoistInvariants(b.build({ sum: b.add(x, fixed), fixed, same: c }), { varying: ["x"] });
  expect(printProgram(prologue!)).toMatchInlineSnapshot(`
    "(c:f32[2]) {
      a:f32[2] = exp c
    } -> fixed=a"
  `);
  expect(printProgram(main)).toMatchInlineSnapshot(`
    "(x:f32[2], c:f32[2], fixed:f32[2]) {
      a:f32[2] = add x fixed
    } -> sum=a, fixed=fixed, same=c"
  `);
});

test("splitting the prologue again keeps the names of its outputs", () => {
  const b = new Builder();
  const [x, dy, style] = [b.input("x", float(4)), b.input("dy", { dtype: "int32", shape: [] }), b.input("style", float(4))];
  const features = b.tanh(style);
  const program = b.build({ y: b.mul(b.sub(x, b.roll(features, dy, 0)), b.sum(features)) });
  const first = hoistInvariants(program, { varying: ["x"] });
  const second = hoistInvariants(first.prologue!, { varying: ["dy"] });
  const names = (list: readonly { name: string }[]) => list.map((i) => i.name).sort();
  expect(names(first.main.inputs)).toEqual(["hoisted:0", "hoisted:1", "x"]);
  expect(names(second.main.outputs)).toEqual(["hoisted:0", "hoisted:1"]);
  expect(printProgram(second.prologue!)).toMatchInlineSnapshot(`
    "(style:f32[4]) {
      a:f32[4] = tanh style
      b:f32[] = reduceSum axes=[0] a
    } -> hoisted:2=a, hoisted:1=b"
  `);
  expect(printProgram(second.main)).toMatchInlineSnapshot(`
    "(dy:i32[], hoisted:2:f32[4], hoisted:1:f32[]) {
      a:f32[4] = roll axis=0 hoisted:2 dy
    } -> hoisted:0=a, hoisted:1=hoisted:1"
  `);
});

test("nothing worth computing ahead gives no prologue", () => {
  const b = new Builder();
  const [x, y] = [b.input("x", float(2, 2)), b.input("y", float(4))];
  const program = b.build({ z: b.add(x, b.reshape(y, [2, 2])) });
  expect(hoistInvariants(program, { varying: ["x"] }).prologue).toBeNull();
  expect(hoistInvariants(program, { varying: ["x", "y"] }).main.equations.length).toBe(2);
});
