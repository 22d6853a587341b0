/** Moves transposes towards the outputs: each is kept pending until something must have it, or another undoes it. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpAttrs, OpName } from "../../ir/ops.ts";
import type { Program, ValueId } from "../../ir/program.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { UniqueBuilder } from "../cse.ts";
import { constantData } from "../rebuild.ts";
import { compose, dropAxes, extend, identity, inverse, isIdentity, moved, movesOnlyOnes, perBaseAxis, reshapeBelow, type Permutation } from "./permutation.ts";

/** A value of the old program: `transpose(base, perm)` of a value of the new one. */
interface View {
  readonly base: Value;
  readonly perm: Permutation;
}

const plainView = (base: Value): View => ({ base, perm: identity(base.shape.length) });
const materialise = (b: Builder, v: View): Value => moved(b, v.base, v.perm);
const isPlain = (v: View): boolean => isIdentity(v.perm);
const sizeOfView = (v: View): number => sizeOf(v.base.shape);

/** An operand of the result's rank, in the order of axes that the result's base has. */
function operand(v: View, perm: Permutation): { base: readonly number[]; move: Permutation } {
  const lead = perm.length - v.perm.length;
  return { base: [...new Array<number>(lead).fill(1), ...v.base.shape], move: compose(extend(v.perm, lead), inverse(perm)) };
}

function emitOperand(b: Builder, v: View, perm: Permutation): Value {
  if (v.perm.length === 0) return v.base;
  const { base, move } = operand(v, perm);
  return moved(b, b.reshape(v.base, base), move);
}

/** The order in which fewest elements must be transposed; where it makes no difference, one that is pending. */
function bestOrder(b: Builder, views: readonly View[], rank: number): Permutation {
  const cost = (perm: Permutation) =>
    views.reduce((n, v) => {
      const { base, move } = operand(v, perm);
      return movesOnlyOnes(base, move) || constantData(b, v.base) ? n : n + sizeOfView(v);
    }, 0);
  const candidates = [...views].filter((v) => !isPlain(v)).sort((v, w) => sizeOfView(w) - sizeOfView(v)).map((v) => extend(v.perm, rank - v.perm.length));
  return [...candidates, identity(rank)].reduce((best, p) => (cost(p) < cost(best) ? p : best));
}

/** Gives the views of the outputs; or nothing, and the equation gets plain inputs. */
type Rule<Op extends OpName> = (b: Builder, attrs: OpAttrs[Op], views: readonly View[]) => readonly View[] | undefined;

const elementwise = <Op extends OpName>(op: Op): Rule<Op> => (b, attrs, views) => {
  const rank = Math.max(...views.map((v) => v.perm.length));
  const perm = bestOrder(b, views, rank);
  return [{ base: b.emit(op, attrs, ...views.map((v) => emitOperand(b, v, perm))), perm }];
};

const reduction = <Op extends "reduceSum" | "reduceMax" | "reduceMin">(op: Op): Rule<Op> => (b, { axes, keepDims }, [x]) => {
  const at = axes.map((a) => x!.perm[a]!).sort((p, q) => p - q);
  return [{ base: b.emit(op, { axes: at, keepDims } as never, x!.base), perm: keepDims ? x!.perm : dropAxes(x!.perm, axes) }];
};

/** The engine wants exactly this order of axes. */
const opaque = (): undefined => undefined;

const swapsLastTwo = (p: Permutation): boolean => {
  const r = p.length;
  return r >= 2 && p[r - 1] === r - 2 && p[r - 2] === r - 1 && p.slice(0, -2).every((v, i) => v === i);
};

/**
 * Swapped operands become flags. The result follows the larger operand: where that keeps its rows last, they stay last, so
 * that `[HW,C]·S` of channels-first features is again channels-first.
 */
const matmul: Rule<"matmul"> = (b, { transposeA, transposeB }, [x, y]) => {
  const side = (v: View, flag: boolean) => {
    const swapped = swapsLastTwo(v.perm);
    return { value: swapped ? v.base : materialise(b, v), flag: flag !== swapped, swapped };
  };
  const [p, q] = [side(x!, transposeA), side(y!, transposeB)];
  const swap = sizeOfView(x!) >= sizeOfView(y!) ? p.swapped && p.flag : q.swapped && q.flag;
  if (!swap) return [plainView(b.matmul(p.value, q.value, { transposeA: p.flag, transposeB: q.flag }))];
  const base = b.matmul(q.value, p.value, { transposeA: !q.flag, transposeB: !p.flag });
  const rank = base.shape.length;
  return [{ base, perm: [...identity(rank - 2), rank - 1, rank - 2] }];
};

const SINK: { readonly [Op in OpName]: Rule<Op> } = {
  constant: opaque, random: opaque,
  neg: elementwise("neg"), abs: elementwise("abs"), sign: elementwise("sign"), exp: elementwise("exp"), log: elementwise("log"), sqrt: elementwise("sqrt"),
  sin: elementwise("sin"), cos: elementwise("cos"), tanh: elementwise("tanh"), sigmoid: elementwise("sigmoid"), erf: elementwise("erf"),
  floor: elementwise("floor"), ceil: elementwise("ceil"), round: elementwise("round"), not: elementwise("not"), clip: elementwise("clip"),
  cast: elementwise("cast"), stopGradient: elementwise("stopGradient"),
  add: elementwise("add"), sub: elementwise("sub"), mul: elementwise("mul"), div: elementwise("div"), pow: elementwise("pow"), max: elementwise("max"),
  min: elementwise("min"), mod: elementwise("mod"), eq: elementwise("eq"), lt: elementwise("lt"), le: elementwise("le"), gt: elementwise("gt"),
  ge: elementwise("ge"), and: elementwise("and"), or: elementwise("or"), select: elementwise("select"),
  reshape: (b, { shape }, [x]) => {
    const below = reshapeBelow(x!.base.shape, x!.perm, shape);
    return below ? [{ base: b.reshape(x!.base, below.shape), perm: below.perm }] : undefined;
  },
  broadcast: (b, { shape }, [x]) => {
    const perm = extend(x!.perm, shape.length - x!.perm.length);
    return [{ base: b.broadcast(x!.base, perBaseAxis(shape, perm)), perm }];
  },
  transpose: (_b, { perm }, [x]) => [{ base: x!.base, perm: compose(x!.perm, perm) }],
  concat: (b, { axis }, views) => {
    const perm = bestOrder(b, views, views[0]!.perm.length);
    return [{ base: b.emit("concat", { axis: perm[axis]! }, ...views.map((v) => emitOperand(b, v, perm))), perm }];
  },
  slice: (b, { starts, ends, steps }, [x]) => [{ base: b.slice(x!.base, perBaseAxis(starts, x!.perm), perBaseAxis(ends, x!.perm), perBaseAxis(steps, x!.perm)), perm: x!.perm }],
  reverse: (b, { axes }, [x]) => [{ base: b.reverse(x!.base, axes.map((a) => x!.perm[a]!).sort((p, q) => p - q)), perm: x!.perm }],
  pad: (b, { mode, low, high, interior, value }, [x]) => [
    { base: b.pad(x!.base, perBaseAxis(low, x!.perm), perBaseAxis(high, x!.perm), { mode, interior: perBaseAxis(interior, x!.perm), value }), perm: x!.perm },
  ],
  gather: (b, { axis }, [x, index]) =>
    index!.perm.length === 1 ? [{ base: b.gather(x!.base, materialise(b, index!), x!.perm[axis]!), perm: x!.perm }]
    : index!.perm.length === 0 ? [{ base: b.gather(x!.base, index!.base, x!.perm[axis]!), perm: dropAxes(x!.perm, [axis]) }]
    : undefined,
  scatterAdd: (b, { axis, size }, [x, index]) => (index!.perm.length === 1 ? [{ base: b.scatterAdd(x!.base, index!.base, x!.perm[axis]!, size), perm: x!.perm }] : undefined),
  roll: (b, { axis }, [x, shift]) => [{ base: b.roll(x!.base, shift!.base, x!.perm[axis]!), perm: x!.perm }],
  reduceSum: reduction("reduceSum"), reduceMax: reduction("reduceMax"), reduceMin: reduction("reduceMin"),
  argMax: (b, { axis }, [x]) => [{ base: b.argMax(x!.base, x!.perm[axis]!), perm: dropAxes(x!.perm, [axis]) }],
  topK: (b, attrs, [x]) => (x!.perm.at(-1) === x!.perm.length - 1 ? b.emitAll("topK", attrs, x!.base).map((base) => ({ base, perm: x!.perm })) : undefined),
  matmul,
  conv: opaque, convTranspose: opaque, maxPool: opaque, avgPool: opaque, resize: opaque,
};

/** The program with every transpose as late as it can be; those that meet their inverse are gone. */
export function sink(program: Program): Program {
  const b = new UniqueBuilder();
  const views = new Map<ValueId, View>();
  for (const { name, value } of program.inputs) views.set(value, plainView(b.input(name, program.types[value]!)));
  for (const e of program.equations) {
    const inputs = e.inputs.map((id) => views.get(id)!);
    const touched = e.op === "transpose" || inputs.some((v) => !isPlain(v));
    const sunk = touched ? (SINK[e.op] as Rule<OpName>)(b, e.attrs as never, inputs) : undefined;
    const outputs = sunk ?? b.emitAll(e.op as OpName, e.attrs as never, ...inputs.map((v) => materialise(b, v))).map(plainView);
    e.outputs.forEach((id, i) => views.set(id, outputs[i]!));
  }
  return b.build(Object.fromEntries(program.outputs.map((o) => [o.name, materialise(b, views.get(o.value)!)])));
}
