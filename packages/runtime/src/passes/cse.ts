/** Common subexpression elimination: what is computed twice from the same values is computed once. */
import { Builder, type Value } from "../ir/builder.ts";
import { canonical } from "../ir/hash.ts";
import type { OpAttrs, OpName } from "../ir/ops.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import { rebuild } from "./rebuild.ts";

/** Operations whose inputs may be exchanged. */
const COMMUTATIVE: ReadonlySet<OpName> = new Set<OpName>(["add", "mul", "max", "min", "eq", "and", "or"]);

const sameData = (a: TensorData, b: TensorData): boolean => a.data === b.data || a.data.every((x, i) => Object.is(x, b.data[i]));

/** Gives back the earlier value where an equation repeats one. */
export class UniqueBuilder extends Builder {
  readonly #known = new Map<string, Value[]>();
  /** Constants by a cheap key first: comparing contents is only due where those agree. */
  readonly #constants = new Map<string, { tensor: TensorData; value: Value }[]>();

  override emitAll<Op extends OpName>(op: Op, attrs: OpAttrs[Op], ...inputs: readonly Value[]): Value[] {
    if (op === "constant") return [this.#constant((attrs as OpAttrs["constant"]).tensor)];
    const ids = inputs.map((v) => v.id);
    if (COMMUTATIVE.has(op)) ids.sort((a, b) => a - b);
    const key = `${op} ${canonical(attrs)} ${ids}`;
    let known = this.#known.get(key);
    if (!known) this.#known.set(key, (known = super.emitAll(op, attrs, ...inputs)));
    return known;
  }

  #constant(tensor: TensorData): Value {
    const key = `${tensor.dtype}[${tensor.shape}] ${tensor.data.subarray(0, 8)} ${tensor.data.at(-1)}`;
    const bucket = this.#constants.get(key) ?? [];
    const found = bucket.find((c) => sameData(c.tensor, tensor));
    if (found) return found.value;
    const value = super.emitAll("constant", { tensor })[0]!;
    this.#constants.set(key, [...bucket, { tensor, value }]);
    return value;
  }
}

export const cse = (program: Program): Program => rebuild(program, new UniqueBuilder());
