/** The shape and dtype that each operation gives, as a total table; a rule throws IrTypeError where its inputs do not fit. */
import type { OpAttrs, OpName, PoolAttrs } from "./ops.ts";
import { sizeOf, type DType, type StaticType } from "./tensor.ts";

/** A malformed program: a programmer's mistake, never a user's (nodes check their types before they lower). */
export class IrTypeError extends Error {
  override name = "IrTypeError";
}

type Rule<Op extends OpName> = (attrs: OpAttrs[Op], inputs: readonly StaticType[]) => readonly StaticType[];

const fail = (message: string): never => {
  throw new IrTypeError(message);
};

/** NumPy broadcasting of two or more shapes. */
export function broadcastShapes(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((s) => s.length));
  const out: number[] = new Array<number>(rank).fill(1);
  for (const s of shapes)
    s.forEach((d, i) => {
      const at = rank - s.length + i;
      if (d === 1 || d === out[at]) return;
      if (out[at] !== 1) fail(`shapes ${shapes.map((x) => `[${x}]`).join(" and ")} do not broadcast`);
      out[at] = d;
    });
  return out;
}

const same = <Op extends OpName>(allowed: readonly DType[]): Rule<Op> => (_attrs, [x]) => {
  if (!allowed.includes(x!.dtype)) fail(`${x!.dtype} is not allowed here (${allowed.join(", ")})`);
  return [x!];
};
const FLOAT: readonly DType[] = ["float32"];
const NUMERIC: readonly DType[] = ["float32", "int32"];

const binary = <Op extends OpName>(allowed: readonly DType[], result?: DType): Rule<Op> => (_attrs, [a, b]) => {
  if (a!.dtype !== b!.dtype) fail(`dtypes ${a!.dtype} and ${b!.dtype} differ`);
  if (!allowed.includes(a!.dtype)) fail(`${a!.dtype} is not allowed here (${allowed.join(", ")})`);
  return [{ dtype: result ?? a!.dtype, shape: broadcastShapes(a!.shape, b!.shape) }];
};

/** Spatial output lengths: `floor((in + low + high − dilation·(k−1) − 1)/stride) + 1`. */
function windowed(input: readonly number[], kernel: readonly number[], a: Omit<PoolAttrs, "kernel">, dilations?: readonly number[]): number[] {
  return input.map((n, i) => {
    const span = (dilations?.[i] ?? 1) * (kernel[i]! - 1) + 1;
    const out = Math.floor((n + a.padLow[i]! + a.padHigh[i]! - span) / a.strides[i]!) + 1;
    return out > 0 ? out : fail(`a window of ${span} does not fit into ${n} with padding ${a.padLow[i]}+${a.padHigh[i]}`);
  });
}

const reduce = <Op extends "reduceSum" | "reduceMax" | "reduceMin">(): Rule<Op> => ({ axes, keepDims }, [x]) => {
  if (x!.dtype === "bool") fail("a reduction of bool");
  if (axes.some((a) => a < 0 || a >= x!.shape.length)) fail(`axes [${axes}] outside rank ${x!.shape.length}`);
  return [{ dtype: x!.dtype, shape: keepDims ? x!.shape.map((d, i) => (axes.includes(i) ? 1 : d)) : x!.shape.filter((_, i) => !axes.includes(i)) }];
};

const full = (what: readonly unknown[], rank: number, name: string) => {
  if (what.length !== rank) fail(`${name} has ${what.length} entries for rank ${rank}`);
};

export const TYPE_RULES: { readonly [Op in OpName]: Rule<Op> } = {
  constant: ({ tensor }) => [{ dtype: tensor.dtype, shape: tensor.shape }],
  random: ({ shape }) => [{ dtype: "float32", shape }],
  neg: same(NUMERIC), abs: same(NUMERIC), sign: same(FLOAT), exp: same(FLOAT), log: same(FLOAT), sqrt: same(FLOAT), sin: same(FLOAT),
  cos: same(FLOAT), tanh: same(FLOAT), sigmoid: same(FLOAT), erf: same(FLOAT), floor: same(FLOAT), ceil: same(FLOAT), round: same(FLOAT),
  not: same(["bool"]), clip: same(FLOAT), stopGradient: same(["float32", "int32", "bool"]),
  cast: ({ to }, [x]) => [{ dtype: to, shape: x!.shape }],
  add: binary(NUMERIC), sub: binary(NUMERIC), mul: binary(NUMERIC), div: binary(NUMERIC), pow: binary(FLOAT), max: binary(NUMERIC), min: binary(NUMERIC),
  mod: binary(["int32"]),
  eq: binary(["float32", "int32"], "bool"), lt: binary(NUMERIC, "bool"), le: binary(NUMERIC, "bool"), gt: binary(NUMERIC, "bool"), ge: binary(NUMERIC, "bool"),
  and: binary(["bool"]), or: binary(["bool"]),
  select: (_a, [c, x, y]) => {
    if (c!.dtype !== "bool") fail("the condition of select is not bool");
    if (x!.dtype !== y!.dtype) fail("the branches of select differ in dtype");
    return [{ dtype: x!.dtype, shape: broadcastShapes(c!.shape, x!.shape, y!.shape) }];
  },
  reshape: ({ shape }, [x]) => {
    if (sizeOf(shape) !== sizeOf(x!.shape)) fail(`[${x!.shape}] does not reshape to [${shape}]`);
    return [{ dtype: x!.dtype, shape }];
  },
  broadcast: ({ shape }, [x]) => {
    const to = broadcastShapes(x!.shape, shape);
    if (to.length !== shape.length || to.some((d, i) => d !== shape[i])) fail(`[${x!.shape}] does not broadcast to [${shape}]`);
    return [{ dtype: x!.dtype, shape }];
  },
  transpose: ({ perm }, [x]) => {
    full(perm, x!.shape.length, "perm");
    if (new Set(perm).size !== perm.length || perm.some((p) => p < 0 || p >= perm.length)) fail(`[${perm}] is no permutation`);
    return [{ dtype: x!.dtype, shape: perm.map((p) => x!.shape[p]!) }];
  },
  concat: ({ axis }, xs) => {
    const first = xs[0]!;
    if (axis < 0 || axis >= first.shape.length) fail(`axis ${axis} outside rank ${first.shape.length}`);
    for (const x of xs)
      if (x.dtype !== first.dtype || x.shape.length !== first.shape.length || x.shape.some((d, i) => i !== axis && d !== first.shape[i]))
        fail(`${xs.map((t) => `${t.dtype}[${t.shape}]`).join(", ")} do not concatenate along axis ${axis}`);
    return [{ dtype: first.dtype, shape: first.shape.map((d, i) => (i === axis ? xs.reduce((n, x) => n + x.shape[i]!, 0) : d)) }];
  },
  slice: ({ starts, ends, steps }, [x]) => {
    full(starts, x!.shape.length, "starts"); full(ends, x!.shape.length, "ends"); full(steps, x!.shape.length, "steps");
    return [{
      dtype: x!.dtype,
      shape: x!.shape.map((d, i) => {
        const [s, e, step] = [starts[i]!, ends[i]!, steps[i]!];
        if (s < 0 || e > d || s > e || step < 1) fail(`slice ${s}:${e}:${step} of ${d}`);
        return Math.ceil((e - s) / step);
      }),
    }];
  },
  reverse: (_a, [x]) => [x!],
  pad: ({ mode, low, high, interior }, [x]) => {
    full(low, x!.shape.length, "low"); full(high, x!.shape.length, "high"); full(interior, x!.shape.length, "interior");
    if ([...low, ...high, ...interior].some((p) => p < 0)) fail("negative padding");
    if (mode !== "constant" && interior.some((p) => p > 0)) fail("interior padding is constant");
    if (mode === "reflect" && x!.shape.some((d, i) => low[i]! >= d || high[i]! >= d)) fail(`reflect padding reaches past [${x!.shape}]`);
    return [{ dtype: x!.dtype, shape: x!.shape.map((d, i) => low[i]! + high[i]! + d + Math.max(0, d - 1) * interior[i]!) }];
  },
  gather: ({ axis }, [x, index]) => {
    if (index!.dtype !== "int32") fail("indices are not int32");
    if (axis < 0 || axis >= x!.shape.length) fail(`axis ${axis} outside rank ${x!.shape.length}`);
    return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, axis), ...index!.shape, ...x!.shape.slice(axis + 1)] }];
  },
  scatterAdd: ({ axis, size }, [u, index]) => {
    if (index!.dtype !== "int32") fail("indices are not int32");
    const r = index!.shape.length;
    if (index!.shape.some((d, i) => d !== u!.shape[axis + i])) fail(`indices [${index!.shape}] do not fit updates [${u!.shape}] at axis ${axis}`);
    return [{ dtype: u!.dtype, shape: [...u!.shape.slice(0, axis), size, ...u!.shape.slice(axis + r)] }];
  },
  roll: ({ axis }, [x, shift]) => {
    if (shift!.dtype !== "int32" || shift!.shape.length !== 0) fail("the shift of roll is not an int32 scalar");
    if (axis < 0 || axis >= x!.shape.length) fail(`axis ${axis} outside rank ${x!.shape.length}`);
    return [x!];
  },
  reduceSum: reduce(), reduceMax: reduce(), reduceMin: reduce(),
  argMax: ({ axis }, [x]) => [{ dtype: "int32", shape: x!.shape.filter((_, i) => i !== axis) }],
  topK: ({ k }, [x]) => {
    const n = x!.shape.at(-1) ?? fail("topK of a scalar");
    if (k < 1 || k > n) fail(`top ${k} of ${n}`);
    const shape = [...x!.shape.slice(0, -1), k];
    return [{ dtype: x!.dtype, shape }, { dtype: "int32", shape }];
  },
  matmul: ({ transposeA, transposeB }, [a, b]) => {
    if (a!.shape.length < 2 || b!.shape.length < 2) fail("matmul of rank below 2");
    const [m, k] = transposeA ? [a!.shape.at(-1)!, a!.shape.at(-2)!] : [a!.shape.at(-2)!, a!.shape.at(-1)!];
    const [k2, n] = transposeB ? [b!.shape.at(-1)!, b!.shape.at(-2)!] : [b!.shape.at(-2)!, b!.shape.at(-1)!];
    if (k !== k2) fail(`matmul of [${a!.shape}] and [${b!.shape}]: inner lengths ${k} and ${k2}`);
    return [{ dtype: "float32", shape: [...broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2)), m, n] }];
  },
  conv: (a, [x, w, bias]) => {
    const rank = x!.shape.length - 2;
    if (rank < 1 || rank > 3 || w!.shape.length !== rank + 2) fail(`conv of [${x!.shape}] with filters [${w!.shape}]`);
    full(a.strides, rank, "strides"); full(a.dilations, rank, "dilations"); full(a.padLow, rank, "padLow"); full(a.padHigh, rank, "padHigh");
    const [c, o] = [x!.shape[1]!, w!.shape[0]!];
    if (w!.shape[1]! * a.groups !== c) fail(`filters of ${w!.shape[1]! * a.groups} channels on an input of ${c}`);
    if (o % a.groups) fail(`${o} filters in ${a.groups} groups`);
    if (bias && (bias.shape.length !== 1 || bias.shape[0] !== o)) fail(`bias [${bias.shape}] for ${o} filters`);
    return [{ dtype: "float32", shape: [x!.shape[0]!, o, ...windowed(x!.shape.slice(2), w!.shape.slice(2), a, a.dilations)] }];
  },
  convTranspose: (a, [x, w]) => {
    const rank = x!.shape.length - 2;
    if (rank < 1 || rank > 3 || w!.shape.length !== rank + 2) fail(`convTranspose of [${x!.shape}] with filters [${w!.shape}]`);
    if (w!.shape[0] !== x!.shape[1]) fail(`filters of ${w!.shape[0]} channels on an input of ${x!.shape[1]}`);
    return [{
      dtype: "float32",
      shape: [x!.shape[0]!, w!.shape[1]! * a.groups, ...x!.shape.slice(2).map((n, i) =>
        (n - 1) * a.strides[i]! - a.padLow[i]! - a.padHigh[i]! + a.dilations[i]! * (w!.shape[i + 2]! - 1) + a.outputPad[i]! + 1)],
    }];
  },
  maxPool: (a, [x]) => [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...windowed(x!.shape.slice(2), a.kernel, a)] }],
  avgPool: (a, [x]) => [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...windowed(x!.shape.slice(2), a.kernel, a)] }],
  resize: ({ size }, [x]) => {
    full(size, x!.shape.length - 2, "size");
    return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...size] }];
  },
};

/** The types of an equation's outputs; throws IrTypeError naming the operation. */
export function inferTypes<Op extends OpName>(op: Op, attrs: OpAttrs[Op], inputs: readonly StaticType[]): readonly StaticType[] {
  try {
    return TYPE_RULES[op](attrs, inputs);
  } catch (error) {
    if (error instanceof IrTypeError && !error.message.startsWith(op)) throw new IrTypeError(`${op}: ${error.message}`);
    throw error;
  }
}
