/** Moves what transposes are left towards the inputs, where they vanish there: into constants, flags of matmul, other transposes. */
import type { Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import type { Equation, Program, ValueId } from "../../ir/program.ts";
import { UniqueBuilder } from "../cse.ts";
import { compose, inverse, isIdentity, moved, movesOnlyOnes, perBaseAxis, reshapeBelow, type Permutation } from "./permutation.ts";

/** Computes a value of the old program with its axes in another order, without a transpose. */
type Pulled = () => Value;

const ELEMENTWISE: ReadonlySet<OpName> = new Set<OpName>([
  "neg", "abs", "sign", "exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid", "erf", "floor", "ceil", "round", "not", "clip", "cast", "stopGradient",
  "add", "sub", "mul", "div", "pow", "max", "min", "mod", "eq", "lt", "le", "gt", "ge", "and", "or", "select",
]);

class Puller {
  readonly b = new UniqueBuilder();
  readonly #values = new Map<ValueId, Value>();
  readonly #definitions = new Map<ValueId, Equation>();
  readonly #uses = new Map<ValueId, number>();
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
    const count = (id: ValueId) => this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1);
    for (const e of program.equations) {
      e.inputs.forEach(count);
      e.outputs.forEach((id) => this.#definitions.set(id, e));
    }
    program.outputs.forEach((o) => count(o.value));
  }

  run(): Program {
    const { inputs, outputs, equations, types } = this.#program;
    for (const { name, value } of inputs) this.#values.set(value, this.b.input(name, types[value]!));
    for (const e of equations) {
      const pulled = e.op === "transpose" ? this.#pull(e.inputs[0]!, e.attrs.perm)?.() : undefined;
      const results = pulled ? [pulled] : this.b.emitAll(e.op as OpName, e.attrs as never, ...e.inputs.map((id) => this.#values.get(id)!));
      e.outputs.forEach((id, i) => this.#values.set(id, results[i]!));
    }
    return this.b.build(Object.fromEntries(outputs.map((o) => [o.name, this.#values.get(o.value)!])));
  }

  /** How to compute `transpose(value, perm)` for nothing; `undefined` where a transpose would be left. */
  #pull(id: ValueId, perm: Permutation): Pulled | undefined {
    const { shape } = this.#program.types[id]!;
    if (isIdentity(perm) || movesOnlyOnes(shape, perm)) return () => moved(this.b, this.#values.get(id)!, perm);
    const e = this.#definitions.get(id);
    if (!e) return undefined;
    if (e.op === "constant") return () => this.b.transpose(this.#values.get(id)!, perm); // the fold pass moves its data
    if (e.op === "transpose") return this.#pull(e.inputs[0]!, compose(e.attrs.perm, perm));
    // Used elsewhere too, it would be computed twice.
    if (this.#uses.get(id) !== 1) return undefined;
    return this.#through(e, perm);
  }

  #through(e: Equation, perm: Permutation): Pulled | undefined {
    const { b } = this;
    const at = inverse(perm); // where each axis of the value goes
    if (ELEMENTWISE.has(e.op)) return this.#all(e.inputs, perm, (xs) => b.emit(e.op as OpName, e.attrs as never, ...xs));
    switch (e.op) {
      case "matmul": {
        const r = perm.length;
        const swaps = perm[r - 1] === r - 2 && perm[r - 2] === r - 1 && perm.slice(0, -2).every((v, i) => v === i);
        const [x, y] = e.inputs as [ValueId, ValueId];
        return swaps ? () => b.matmul(this.#values.get(y)!, this.#values.get(x)!, { transposeA: !e.attrs.transposeB, transposeB: !e.attrs.transposeA }) : undefined;
      }
      case "broadcast": return this.#all(e.inputs, perm, ([x]) => b.broadcast(x!, perm.map((p) => e.attrs.shape[p]!)));
      case "concat": return this.#all(e.inputs, perm, (xs) => b.concat(xs, at[e.attrs.axis]!));
      case "slice": return this.#all(e.inputs, perm, ([x]) => b.slice(x!, perBaseAxis(e.attrs.starts, at), perBaseAxis(e.attrs.ends, at), perBaseAxis(e.attrs.steps, at)));
      case "reverse": return this.#all(e.inputs, perm, ([x]) => b.reverse(x!, e.attrs.axes.map((a) => at[a]!).sort((p, q) => p - q)));
      case "pad": {
        const { mode, low, high, interior, value } = e.attrs;
        return this.#all(e.inputs, perm, ([x]) => b.pad(x!, perBaseAxis(low, at), perBaseAxis(high, at), { mode, interior: perBaseAxis(interior, at), value }));
      }
      case "reshape": {
        // transpose(reshape(x), perm) = reshape(transpose(x, p)), where reshaping the result back gives x in another order.
        const to = perm.map((p) => e.attrs.shape[p]!);
        const below = reshapeBelow(to, at, this.#program.types[e.inputs[0]!]!.shape);
        const inner = below && this.#pull(e.inputs[0]!, inverse(below.perm));
        return inner ? () => b.reshape(inner(), to) : undefined;
      }
      default: return undefined;
    }
  }

  /** Every input pulled, those of fewer axes as if they had leading ones. */
  #all(inputs: readonly ValueId[], perm: Permutation, make: (xs: Value[]) => Value): Pulled | undefined {
    const pulled: Pulled[] = [];
    for (const id of inputs) {
      const { shape } = this.#program.types[id]!;
      const lead = perm.length - shape.length;
      const full = [...new Array<number>(lead).fill(1), ...shape];
      const one =
        shape.length === 0 ? () => this.#values.get(id)!
        : movesOnlyOnes(full, perm) ? () => this.b.reshape(this.#values.get(id)!, perm.map((p) => full[p]!))
        : lead === 0 ? this.#pull(id, perm)
        : this.#definitions.get(id)?.op === "constant" ? () => this.b.transpose(this.b.reshape(this.#values.get(id)!, full), perm)
        : undefined;
      if (!one) return undefined;
      pulled.push(one);
    }
    return () => make(pulled.map((f) => f()));
  }
}

/** The program with the transposes gone that can be, for nothing; values keep their order of axes everywhere else. */
export const pull = (program: Program): Program => new Puller(program).run();
