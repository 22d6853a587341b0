/** Conformance cases of the operations that treat each element alone, and of the sources. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import { tensor, type DType } from "../../ir/tensor.ts";
import { between, bools, distinct, exactly, makeCase, seeded, uneven, whole, type ConformanceCase, type Fill } from "./case.ts";

const SHAPES: readonly (readonly number[])[] = [[], [7], [2, 3, 5], [2, 1, 3, 2, 4]];

type Unary = "neg" | "abs" | "sign" | "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "floor" | "ceil" | "round";
const UNARY: { readonly [Op in Unary]: Fill } = {
  neg: between(-2, 2), abs: between(-2, 2), sign: uneven, exp: between(-3, 3), log: between(0.1, 4), sqrt: between(0, 4), sin: between(-4, 4),
  cos: between(-4, 4), tanh: between(-4, 4), sigmoid: between(-6, 6), erf: between(-3, 3), floor: uneven, ceil: uneven, round: uneven,
};

const unary = (Object.keys(UNARY) as Unary[]).flatMap((op) =>
  SHAPES.map((shape) => makeCase(op, `[${shape}]`, (b, input) => b[op](input(shape, UNARY[op])))),
);

/** Operand shapes: equal, scalar on either side, trailing, middle, and both sides repeating. */
const PAIRS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []], [[5], [5]], [[2, 3], []], [[], [4]], [[2, 3, 4], [4]], [[3], [2, 3]], [[2, 3, 4], [2, 1, 4]], [[4, 1], [1, 3]], [[1, 5, 1, 2], [3, 1, 4, 2]], [[1, 3, 4, 4], [1, 3, 1, 1]],
];

type Arithmetic = "add" | "sub" | "mul" | "div" | "max" | "min";
const positive = between(0.5, 3);
const pairs = (op: OpName, make: (b: Builder, x: Value, y: Value) => Value, left: Fill, right: Fill, note = "", which = PAIRS): ConformanceCase[] =>
  which.map(([p, q]) => makeCase(op, `[${p}] with [${q}]${note}`, (b, input) => make(b, input(p, left), input(q, right))));

const arithmetic = (["add", "sub", "mul", "div", "max", "min"] as Arithmetic[]).flatMap((op) => [
  ...pairs(op, (b, x, y) => b[op](x, y), between(-2, 2), op === "div" ? positive : between(-2, 2)),
  ...pairs(op, (b, x, y) => b[op](x, y), whole(-20, 20), op === "div" ? whole(1, 7) : whole(-20, 20), " int32", PAIRS.slice(1, 6)),
  makeCase(op, "constant on the right", (b, input) => b[op](input([2, 3]), 1.5)),
  makeCase(op, "constant on the left", (b, input) => b[op](1.5, input([2, 3], positive))),
  makeCase(op, "the same value twice", (b, input) => {
    const x = input([2, 3], positive);
    return b[op](x, x);
  }),
]);

const COMPARISONS = ["eq", "lt", "le", "gt", "ge"] as const;
const comparisons = COMPARISONS.flatMap((op) => [
  ...pairs(op, (b, x, y) => b[op](x, y), whole(-2, 2), whole(-2, 2), " int32"),
  ...pairs(op, (b, x, y) => b[op](x, y), distinct, between(-1, 1), " float32"),
  makeCase(op, "equal floats", (b, input) => b[op](input([4], exactly("float32", [1, 0.5, -0.25, 3])), input([4], exactly("float32", [1, 0.25, -0.25, 4])))),
]);

const logic = [
  ...pairs("and", (b, x, y) => b.and(x, y), bools, bools),
  ...pairs("or", (b, x, y) => b.or(x, y), bools, bools),
  ...SHAPES.map((shape) => makeCase("not", `[${shape}]`, (b, input) => b.not(input(shape, bools)))),
];

const TRIPLES: readonly (readonly (readonly number[])[])[] = [
  [[], [], []], [[2, 3], [2, 3], [2, 3]], [[2, 3], [], [3]], [[2, 1, 3], [4, 1], [2, 4, 3]], [[], [2, 2], [2, 2]], [[2, 1, 1, 5], [2, 3, 4, 5], []],
];
const FILLS: { readonly [D in DType]: Fill } = { float32: between(-2, 2), int32: whole(-9, 9), bool: bools };
const select = (Object.keys(FILLS) as DType[]).flatMap((dtype) =>
  TRIPLES.map(([c, p, q]) => makeCase("select", `[${c}] ? [${p}] : [${q}] ${dtype}`, (b, input) => b.select(input(c!, bools), input(p!, FILLS[dtype]), input(q!, FILLS[dtype])))),
);

const casts = (Object.keys(FILLS) as DType[]).flatMap((from) =>
  (Object.keys(FILLS) as DType[]).map((to) => makeCase("cast", `${from} to ${to}`, (b, input) => b.emit("cast", { to }, input([3, 4], from === "int32" ? whole(-1, 1) : from === "float32" ? uneven : FILLS[from])))),
);

const special: ConformanceCase[] = [
  makeCase("sign", "of zero", (b, input) => b.sign(input([3], exactly("float32", [-3, 0, 2])))),
  makeCase("round", "halves go to even", (b, input) => b.round(input([8], exactly("float32", [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.5])))),
  makeCase("neg", "int32", (b, input) => b.neg(input([2, 3], whole(-9, 9)))),
  makeCase("abs", "int32", (b, input) => b.abs(input([2, 3], whole(-9, 9)))),
  makeCase("div", "int32 towards zero", (b, input) => b.div(input([6], exactly("int32", [7, -7, 7, -7, 6, -6])), input([6], exactly("int32", [2, 2, -2, -2, 3, 3])))),
  makeCase("mod", "signs of the divisor", (b, input) => b.mod(input([6], exactly("int32", [7, -7, 7, -7, 6, -6])), input([6], exactly("int32", [3, 3, -3, -3, 3, -3])))),
  ...pairs("mod", (b, x, y) => b.mod(x, y), whole(-20, 20), whole(1, 7), "", PAIRS.slice(0, 8)),
  makeCase("tanh", "far out", (b, input) => b.tanh(input([4], exactly("float32", [-60, -12, 12, 60])))),
  makeCase("sigmoid", "far out", (b, input) => b.sigmoid(input([4], exactly("float32", [-90, -20, 20, 90])))),
  makeCase("erf", "far out and near zero", (b, input) => b.erf(input([6], exactly("float32", [-9, -1e-3, 0, 1e-4, 4, 20])))),
  ...pairs("pow", (b, x, y) => b.pow(x, y), positive, between(-2, 2)),
  ...[2, 3, 0.5, -1, 0].map((e) => makeCase("pow", `constant exponent ${e}`, (b, input) => b.pow(input([3, 4], positive), e))),
  makeCase("pow", "negative base, whole exponents", (b, input) => b.pow(input([5], exactly("float32", [-2, -1.5, -3, -0.5, 2])), input([5], exactly("float32", [2, 3, 1, -2, 3])))),
  makeCase("pow", "negative base, constant 2", (b, input) => b.pow(input([3, 4], uneven), 2)),
  ...([["ReLU", 0, Infinity], ["ReLU6", 0, 6], ["from above", -Infinity, 1], ["both", -0.5, 0.5], ["nothing", -Infinity, Infinity]] as const).map(([what, min, max]) =>
    makeCase("clip", `${what} on [2,3,4,5]`, (b, input) => b.clip(input([2, 3, 4, 5], between(-8, 8)), min, max)),
  ),
  makeCase("clip", "a scalar", (b, input) => b.clip(input([]), 0, 1)),
  ...(Object.keys(FILLS) as DType[]).map((dtype) => makeCase("stopGradient", dtype, (b, input) => b.stopGradient(input([2, 3], FILLS[dtype])))),
];

const sources: ConformanceCase[] = [
  makeCase("constant", "float32, int32 and bool as outputs", (b) => ({
    f: b.constant(seeded([2, 3], 1)), i: b.constant(seeded([4], 2, whole(-9, 9))), b: b.constant(seeded([2, 2], 3, bools)), s: b.constant(tensor("float32", [], [2.5])),
  }), 0),
  makeCase("constant", "added to an input", (b, input) => b.add(input([2, 3]), b.constant(seeded([2, 3], 4)))),
  makeCase("random", "uniform", (b) => b.random("uniform", [3, 5], 11), 0),
  makeCase("random", "normal", (b) => b.random("normal", [2, 3, 5], 12), 1e-7),
  makeCase("random", "added to an input", (b, input) => b.add(input([3, 5]), b.random("normal", [3, 5], 2 ** 40 + 1))),
];

export const ELEMENTWISE_CASES: readonly ConformanceCase[] = [...sources, ...unary, ...arithmetic, ...comparisons, ...logic, ...select, ...casts, ...special];
