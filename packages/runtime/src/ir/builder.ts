/** Builds programs: one method per operation, types checked as each equation is written, plus what is composed of several. */
import { ARITY, type ConvAttrs, type OpAttrs, type OpName, type PoolAttrs } from "./ops.ts";
import type { Equation, NamedValue, Program, ValueId } from "./program.ts";
import { float32, sameShape, sizeOf, tensor, type DType, type StaticType, type TensorData } from "./tensor.ts";
import { inferTypes, IrTypeError } from "./type-rules.ts";

/** A value under construction: its id with its type at hand. */
export interface Value extends StaticType {
  readonly id: ValueId;
}

/** What arithmetic accepts: a value, or a number that becomes a constant of the other side's dtype. */
export type Operand = Value | number;

type ConvOptions = Partial<ConvAttrs>;

export class Builder {
  readonly #types: StaticType[] = [];
  readonly #equations: Equation[] = [];
  readonly #inputs: NamedValue[] = [];
  readonly #definitions = new Map<ValueId, Equation>();
  readonly #scalars = new Map<string, Value>();

  input(name: string, type: StaticType): Value {
    if (this.#inputs.some((i) => i.name === name)) throw new IrTypeError(`two inputs named ${name}`);
    const value = this.#define({ dtype: type.dtype, shape: [...type.shape] });
    this.#inputs.push({ name, value: value.id });
    return value;
  }

  /** Writes one equation; for operations with several outputs use `emitAll`. */
  emit<Op extends OpName>(op: Op, attrs: OpAttrs[Op], ...inputs: readonly Value[]): Value {
    return this.emitAll(op, attrs, ...inputs)[0]!;
  }

  emitAll<Op extends OpName>(op: Op, attrs: OpAttrs[Op], ...inputs: readonly Value[]): Value[] {
    const arity = ARITY[op];
    const [least, most] = typeof arity === "number" ? [arity, arity] : arity;
    if (inputs.length < least || inputs.length > most) throw new IrTypeError(`${op}: ${inputs.length} inputs`);
    const outputs = inferTypes(op, attrs, inputs).map((t) => this.#define(t));
    const equation = { op, attrs, inputs: inputs.map((i) => i.id), outputs: outputs.map((o) => o.id) } as unknown as Equation;
    this.#equations.push(equation);
    for (const o of outputs) this.#definitions.set(o.id, equation);
    return outputs;
  }

  /** What is written so far, in order; it grows as the builder goes on. */
  get equations(): readonly Equation[] {
    return this.#equations;
  }

  /** The equation that computes a value; none for inputs. */
  definition(v: Value): Equation | undefined {
    return this.#definitions.get(v.id);
  }

  /** A value of this builder by its id. */
  value(id: ValueId): Value {
    const type = this.#types[id];
    if (!type) throw new IrTypeError(`no value ${id}`);
    return { id, dtype: type.dtype, shape: type.shape };
  }

  /** The finished program; the builder may go on afterwards. */
  build(outputs: { readonly [name: string]: Value }): Program {
    return {
      inputs: [...this.#inputs],
      outputs: Object.entries(outputs).map(([name, v]) => ({ name, value: v.id })),
      equations: [...this.#equations],
      types: [...this.#types],
    };
  }

  /** Copies another program's equations into this one with its inputs replaced; returns its outputs by name. */
  inline(program: Program, inputs: { readonly [name: string]: Value }): { [name: string]: Value } {
    const at = new Map<ValueId, Value>();
    for (const { name, value } of program.inputs) {
      const given = inputs[name];
      const want = program.types[value]!;
      if (!given) throw new IrTypeError(`input ${name} is not given`);
      if (given.dtype !== want.dtype || !sameShape(given.shape, want.shape))
        throw new IrTypeError(`input ${name}: ${given.dtype}[${given.shape}] given for ${want.dtype}[${want.shape}]`);
      at.set(value, given);
    }
    for (const e of program.equations) {
      const out = this.emitAll(e.op as OpName, e.attrs as never, ...e.inputs.map((i) => at.get(i)!));
      e.outputs.forEach((id, i) => at.set(id, out[i]!));
    }
    return Object.fromEntries(program.outputs.map((o) => [o.name, at.get(o.value)!]));
  }

  // --- sources
  constant(data: TensorData): Value {
    return this.emit("constant", { tensor: data });
  }
  scalar(value: number, dtype: DType = "float32"): Value {
    const key = `${dtype}:${Object.is(value, -0) ? "-0" : value}`;
    const known = this.#scalars.get(key);
    if (known) return known;
    const made = this.constant(tensor(dtype, [], [value]));
    this.#scalars.set(key, made);
    return made;
  }
  floats(shape: readonly number[], values: ArrayLike<number>): Value {
    return this.constant(float32(shape, values));
  }
  ints(shape: readonly number[], values: ArrayLike<number>): Value {
    return this.constant(tensor("int32", shape, values));
  }
  zeros(shape: readonly number[], dtype: DType = "float32"): Value {
    return this.broadcast(this.scalar(0, dtype), shape);
  }
  random(distribution: "uniform" | "normal", shape: readonly number[], seed: number): Value {
    return this.emit("random", { distribution, shape, seed });
  }

  // --- elementwise
  neg(x: Value) { return this.emit("neg", {}, x); }
  abs(x: Value) { return this.emit("abs", {}, x); }
  sign(x: Value) { return this.emit("sign", {}, x); }
  exp(x: Value) { return this.emit("exp", {}, x); }
  log(x: Value) { return this.emit("log", {}, x); }
  sqrt(x: Value) { return this.emit("sqrt", {}, x); }
  sin(x: Value) { return this.emit("sin", {}, x); }
  cos(x: Value) { return this.emit("cos", {}, x); }
  tanh(x: Value) { return this.emit("tanh", {}, x); }
  sigmoid(x: Value) { return this.emit("sigmoid", {}, x); }
  erf(x: Value) { return this.emit("erf", {}, x); }
  floor(x: Value) { return this.emit("floor", {}, x); }
  ceil(x: Value) { return this.emit("ceil", {}, x); }
  round(x: Value) { return this.emit("round", {}, x); }
  not(x: Value) { return this.emit("not", {}, x); }
  clip(x: Value, min: number, max: number) { return this.emit("clip", { min, max }, x); }
  relu(x: Value) { return this.clip(x, 0, Infinity); }
  cast(x: Value, to: DType) { return x.dtype === to ? x : this.emit("cast", { to }, x); }
  stopGradient(x: Value) { return this.emit("stopGradient", {}, x); }
  square(x: Value) { return this.mul(x, x); }

  #two(op: "add" | "sub" | "mul" | "div" | "pow" | "max" | "min" | "mod" | "eq" | "lt" | "le" | "gt" | "ge", a: Operand, b: Operand): Value {
    const dtype = typeof a === "number" ? (typeof b === "number" ? "float32" : b.dtype) : a.dtype;
    const value = (x: Operand) => (typeof x === "number" ? this.scalar(x, dtype) : x);
    return this.emit(op, {}, value(a), value(b));
  }
  add(a: Operand, b: Operand) { return this.#two("add", a, b); }
  sub(a: Operand, b: Operand) { return this.#two("sub", a, b); }
  mul(a: Operand, b: Operand) { return this.#two("mul", a, b); }
  div(a: Operand, b: Operand) { return this.#two("div", a, b); }
  pow(a: Operand, b: Operand) { return this.#two("pow", a, b); }
  max(a: Operand, b: Operand) { return this.#two("max", a, b); }
  min(a: Operand, b: Operand) { return this.#two("min", a, b); }
  mod(a: Operand, b: Operand) { return this.#two("mod", a, b); }
  eq(a: Operand, b: Operand) { return this.#two("eq", a, b); }
  lt(a: Operand, b: Operand) { return this.#two("lt", a, b); }
  le(a: Operand, b: Operand) { return this.#two("le", a, b); }
  gt(a: Operand, b: Operand) { return this.#two("gt", a, b); }
  ge(a: Operand, b: Operand) { return this.#two("ge", a, b); }
  and(a: Value, b: Value) { return this.emit("and", {}, a, b); }
  or(a: Value, b: Value) { return this.emit("or", {}, a, b); }
  select(condition: Value, whenTrue: Operand, whenFalse: Operand): Value {
    const dtype = typeof whenTrue === "number" ? (typeof whenFalse === "number" ? "float32" : whenFalse.dtype) : whenTrue.dtype;
    const value = (x: Operand) => (typeof x === "number" ? this.scalar(x, dtype) : x);
    return this.emit("select", {}, condition, value(whenTrue), value(whenFalse));
  }

  // --- shape and order
  reshape(x: Value, shape: readonly number[]): Value {
    const unknown = shape.indexOf(-1);
    const known = shape.reduce((n, d) => (d === -1 ? n : n * d), 1);
    const full = unknown < 0 ? shape : shape.map((d) => (d === -1 ? sizeOf(x.shape) / known : d));
    return sameShape(full, x.shape) ? x : this.emit("reshape", { shape: full }, x);
  }
  broadcast(x: Value, shape: readonly number[]): Value {
    return sameShape(shape, x.shape) ? x : this.emit("broadcast", { shape: [...shape] }, x);
  }
  transpose(x: Value, perm: readonly number[]): Value {
    return perm.every((p, i) => p === i) ? x : this.emit("transpose", { perm: [...perm] }, x);
  }
  concat(xs: readonly Value[], axis: number): Value {
    return xs.length === 1 ? xs[0]! : this.emit("concat", { axis: axis < 0 ? axis + xs[0]!.shape.length : axis }, ...xs);
  }
  slice(x: Value, starts: readonly number[], ends: readonly number[], steps: readonly number[] = starts.map(() => 1)): Value {
    const whole = starts.every((s, i) => s === 0 && ends[i] === x.shape[i] && steps[i] === 1);
    return whole ? x : this.emit("slice", { starts: [...starts], ends: [...ends], steps: [...steps] }, x);
  }
  /** `start` to `end` of one axis. */
  sliceAxis(x: Value, axis: number, start: number, end: number, step = 1): Value {
    return this.slice(x, x.shape.map((_, i) => (i === axis ? start : 0)), x.shape.map((d, i) => (i === axis ? end : d)), x.shape.map((_, i) => (i === axis ? step : 1)));
  }
  reverse(x: Value, axes: readonly number[]): Value {
    return axes.length ? this.emit("reverse", { axes: [...axes] }, x) : x;
  }
  pad(x: Value, low: readonly number[], high: readonly number[], options: { mode?: "constant" | "reflect" | "edge"; interior?: readonly number[]; value?: number } = {}): Value {
    const interior = options.interior ?? low.map(() => 0);
    if ([...low, ...high, ...interior].every((p) => p === 0)) return x;
    return this.emit("pad", { mode: options.mode ?? "constant", low: [...low], high: [...high], interior: [...interior], value: options.value ?? 0 }, x);
  }
  gather(x: Value, indices: Value, axis: number): Value { return this.emit("gather", { axis }, x, indices); }
  scatterAdd(updates: Value, indices: Value, axis: number, size: number): Value { return this.emit("scatterAdd", { axis, size }, updates, indices); }
  roll(x: Value, shift: Value, axis: number): Value { return this.emit("roll", { axis }, x, shift); }

  // --- reductions
  #axes(x: Value, axes?: readonly number[]): number[] {
    return (axes ?? x.shape.map((_, i) => i)).map((a) => (a < 0 ? a + x.shape.length : a));
  }
  sum(x: Value, axes?: readonly number[], keepDims = false): Value {
    const at = this.#axes(x, axes);
    return at.length ? this.emit("reduceSum", { axes: at, keepDims }, x) : x;
  }
  mean(x: Value, axes?: readonly number[], keepDims = false): Value {
    const at = this.#axes(x, axes);
    return this.mul(this.sum(x, at, keepDims), 1 / at.reduce((n, a) => n * x.shape[a]!, 1));
  }
  reduceMax(x: Value, axes?: readonly number[], keepDims = false): Value { return this.emit("reduceMax", { axes: this.#axes(x, axes), keepDims }, x); }
  reduceMin(x: Value, axes?: readonly number[], keepDims = false): Value { return this.emit("reduceMin", { axes: this.#axes(x, axes), keepDims }, x); }
  argMax(x: Value, axis: number): Value { return this.emit("argMax", { axis: axis < 0 ? axis + x.shape.length : axis }, x); }
  topK(x: Value, k: number, largest = true): { values: Value; indices: Value } {
    const [values, indices] = this.emitAll("topK", { k, largest }, x);
    return { values: values!, indices: indices! };
  }

  // --- linear algebra
  matmul(a: Value, b: Value, options: { transposeA?: boolean; transposeB?: boolean } = {}): Value {
    return this.emit("matmul", { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false }, a, b);
  }
  conv(x: Value, filters: Value, options: ConvOptions = {}, bias?: Value): Value {
    return this.emit("conv", convAttrs(x, options), ...(bias ? [x, filters, bias] : [x, filters]));
  }
  convTranspose(x: Value, filters: Value, options: ConvOptions & { outputPad?: readonly number[] } = {}): Value {
    return this.emit("convTranspose", { ...convAttrs(x, options), outputPad: options.outputPad ?? x.shape.slice(2).map(() => 0) }, x, filters);
  }
  maxPool(x: Value, kernel: readonly number[], options: Partial<PoolAttrs> = {}): Value {
    return this.emit("maxPool", poolAttrs(kernel, options), x);
  }
  avgPool(x: Value, kernel: readonly number[], options: Partial<PoolAttrs> & { countIncludePad?: boolean } = {}): Value {
    return this.emit("avgPool", { ...poolAttrs(kernel, options), countIncludePad: options.countIncludePad ?? false }, x);
  }
  resize(x: Value, size: readonly number[], mode: "linear" | "nearest" = "linear"): Value {
    return sameShape(size, x.shape.slice(2)) ? x : this.emit("resize", { size: [...size], mode }, x);
  }

  /** `[N,…spatial,C]` → `[N,C,…spatial]`. */
  channelsFirst(x: Value): Value {
    const r = x.shape.length;
    return this.transpose(x, [0, r - 1, ...Array.from({ length: r - 2 }, (_, i) => i + 1)]);
  }
  /** `[N,C,…spatial]` → `[N,…spatial,C]`. */
  channelsLast(x: Value): Value {
    const r = x.shape.length;
    return this.transpose(x, [0, ...Array.from({ length: r - 2 }, (_, i) => i + 2), 1]);
  }

  #define(type: StaticType): Value {
    this.#types.push(type);
    return { id: this.#types.length - 1, dtype: type.dtype, shape: type.shape };
  }
}

function convAttrs(x: Value, o: ConvOptions): ConvAttrs {
  const each = (n: number) => x.shape.slice(2).map(() => n);
  return { strides: o.strides ?? each(1), dilations: o.dilations ?? each(1), padLow: o.padLow ?? each(0), padHigh: o.padHigh ?? each(0), groups: o.groups ?? 1 };
}

function poolAttrs(kernel: readonly number[], o: Partial<PoolAttrs>): PoolAttrs {
  return { kernel: [...kernel], strides: o.strides ?? [...kernel], padLow: o.padLow ?? kernel.map(() => 0), padHigh: o.padHigh ?? kernel.map(() => 0) };
}
