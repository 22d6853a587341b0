import { expect, test } from "vitest";
import { Builder, type Value } from "../ir/builder.ts";
import { printProgram } from "../ir/print.ts";
import { cse, dce, fold, simplify } from "./index.ts";

/** The program of `f` after simplification, without its dead equations; inputs are x [2,3], y [2,3], s []. */
function simplified(f: (b: Builder, x: Value, y: Value, s: Value) => { [name: string]: Value }): string {
  const b = new Builder();
  const type = { dtype: "float32", shape: [2, 3] } as const;
  return printProgram(dce(simplify(b.build(f(b, b.input("x", type), b.input("y", type), b.input("s", { dtype: "float32", shape: [] }))))));
}

test("neutral elements, signs, and factors that meet", () => {
  expect(simplified((b, x, y) => ({
    a: b.mul(b.add(x, 0), 1),
    b: b.neg(b.neg(x)),
    c: b.add(x, b.neg(y)),
    d: b.neg(b.sub(x, y)),
    e: b.mul(b.mul(b.mul(x, 2), y), 3),
    f: b.add(b.mul(x, y), b.mul(y, x)),
    g: b.mul(b.neg(x), 2),
    h: b.div(x, 4),
    i: b.pow(x, 2),
  }))).toMatchInlineSnapshot(`
    "(x:f32[2,3], y:f32[2,3], s:f32[]) {
      a:f32[2,3] = sub x y
      b:f32[2,3] = sub y x
      c:f32[2,3] = mul x y
      d:f32[2,3] = mul c 2
      e:f32[] = mul 2 3
      f:f32[2,3] = mul c e
      g:f32[2,3] = mul x -2
      h:f32[2,3] = mul x 0.25
      i:f32[2,3] = mul x x
    } -> a=x, b=x, c=a, d=b, e=f, f=d, g=g, h=h, i=i"
  `);
});

test("x·0 stays: x may be infinite", () => {
  expect(simplified((b, x) => ({ y: b.mul(x, 0) }))).toContain("mul x 0");
});

test("what is repeated is computed before it repeats, and operands repeat by themselves", () => {
  expect(simplified((b, x, _y, s) => ({
    a: b.exp(b.broadcast(b.mul(s, 2), [2, 3])),
    b: b.mul(x, b.broadcast(s, [2, 3])),
    c: b.sum(b.broadcast(s, [2, 3])),
    d: b.reshape(b.broadcast(b.reshape(s, [1, 1]), [2, 3]), [6]),
  }))).toMatchInlineSnapshot(`
    "(x:f32[2,3], y:f32[2,3], s:f32[]) {
      a:f32[] = mul s 2
      b:f32[] = exp a
      c:f32[2,3] = broadcast shape=[2,3] b
      d:f32[2,3] = mul x s
      e:f32[] = mul s 6
      f:f32[6] = broadcast shape=[6] s
    } -> a=c, b=d, c=e, d=f"
  `);
});

test("sums go before factors, and reductions merge", () => {
  expect(simplified((b, x, _y, s) => ({
    a: b.sum(b.mul(b.mul(x, s), 0.5)),
    b: b.sum(b.sum(x, [0], true), [1]),
    c: b.sum(b.neg(b.reshape(x, [6]))),
  }))).toMatchInlineSnapshot(`
    "(x:f32[2,3], y:f32[2,3], s:f32[]) {
      a:f32[] = mul s 0.5
      b:f32[] = reduceSum axes=[0,1] x
      c:f32[] = mul b a
      d:f32[1] = reshape shape=[1] b
      e:f32[] = neg b
    } -> a=c, b=d, c=e"
  `);
});

test("moves compose or cancel", () => {
  expect(simplified((b, x) => ({
    a: b.reshape(b.reshape(x, [6]), [3, 2]),
    b: b.transpose(b.transpose(x, [1, 0]), [1, 0]),
    c: b.transpose(b.reshape(x, [1, 2, 3]), [1, 0, 2]),
    d: b.slice(b.pad(x, [1, 1], [1, 1]), [1, 2], [3, 4]),
    e: b.slice(b.concat([x, x], 0), [2, 0], [4, 2]),
    f: b.slice(b.slice(x, [0, 1], [2, 3]), [1, 0], [2, 2]),
    g: b.reverse(b.reverse(x, [0, 1]), [1]),
    h: b.pad(b.pad(x, [1, 0], [0, 0]), [0, 2], [0, 1]),
    i: b.concat([b.concat([x, x], 1), x], 1),
  }))).toMatchInlineSnapshot(`
    "(x:f32[2,3], y:f32[2,3], s:f32[]) {
      a:f32[3,2] = reshape shape=[3,2] x
      b:f32[2,1,3] = reshape shape=[2,1,3] x
      c:f32[2,2] = slice starts=[0,1] ends=[2,3] x
      d:f32[2,2] = slice starts=[0,0] ends=[2,2] x
      e:f32[1,2] = slice starts=[1,1] ends=[2,3] x
      f:f32[2,3] = reverse axes=[0] x
      g:f32[3,6] = pad low=[1,2] high=[0,1] x
      h:f32[2,9] = concat axis=1 x x x
    } -> a=a, b=x, c=b, d=c, e=d, f=e, g=f, h=g, i=h"
  `);
});

test("conditions, bounds and conversions", () => {
  expect(simplified((b, x, y) => ({
    a: b.clip(b.clip(x, 0, Infinity), -1, 6),
    b: b.select(b.not(b.gt(x, y)), x, y),
    c: b.cast(b.cast(b.gt(x, y), "float32"), "int32"),
    d: b.select(b.gt(x, y), 1, 0),
    e: b.stopGradient(x),
  }))).toMatchInlineSnapshot(`
    "(x:f32[2,3], y:f32[2,3], s:f32[]) {
      a:f32[2,3] = clip min=0 max=6 x
      b:bool[2,3] = gt x y
      c:f32[2,3] = select b y x
      d:f32[2,3] = cast to=float32 b
      e:i32[2,3] = cast to=int32 b
    } -> a=a, b=c, c=e, d=d, e=x"
  `);
});

test("folding computes constants, draws random numbers, and leaves repeated scalars and large work alone", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [2] });
  const big = b.random("normal", [300, 300], 1);
  const program = b.build({
    a: b.add(x, b.sqrt(b.floats([2], [4, 9]))),
    b: b.random("uniform", [3], 7),
    c: b.zeros([100]),
    d: b.matmul(big, big),
    e: b.sum(b.reshape(b.ints([2, 2], [1, 2, 3, 4]), [4])),
  });
  expect(printProgram(dce(fold(program)))).toMatchInlineSnapshot(`
    "(x:f32[2]) {
      a:f32[300,300] = constant {1.65851 -1.29174 -0.319899 -1.28846 1.0499 -1.06169 …}
      b:f32[2] = constant {2 3}
      c:f32[2] = add x b
      d:f32[3] = constant {0.954597 0.750152 0.114177}
      e:f32[100] = broadcast shape=[100] 0
      f:f32[300,300] = matmul a a
    } -> a=c, b=d, c=e, d=f, e=10i32"
  `);
});

test("common subexpressions are computed once: equal constants and exchanged operands too", () => {
  const b = new Builder();
  const [x, y] = [b.input("x", { dtype: "float32", shape: [2] }), b.input("y", { dtype: "float32", shape: [2] })];
  const program = b.build({ p: b.add(b.mul(x, y), b.floats([2], [1, 2])), q: b.add(b.mul(y, x), b.floats([2], [1, 2])), r: b.sub(x, y), s: b.sub(y, x) });
  expect(printProgram(cse(program))).toMatchInlineSnapshot(`
    "(x:f32[2], y:f32[2]) {
      a:f32[2] = mul x y
      b:f32[2] = constant {1 2}
      c:f32[2] = add a b
      d:f32[2] = sub x y
      e:f32[2] = sub y x
    } -> p=c, q=c, r=d, s=e"
  `);
});

test("dead equations go, unused inputs stay, and values are renumbered", () => {
  const b = new Builder();
  const [x, y] = [b.input("x", { dtype: "float32", shape: [2] }), b.input("y", { dtype: "float32", shape: [2] })];
  b.exp(y);
  const after = dce(b.build({ z: b.neg(x) }));
  expect(printProgram(after)).toMatchInlineSnapshot(`
    "(x:f32[2], y:f32[2]) {
      a:f32[2] = neg x
    } -> z=a"
  `);
  expect(after.types.length).toBe(3);
});
