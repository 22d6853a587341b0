/** Reverse-mode differentiation: emits the equations of a gradient behind those of the program. */
import { Builder, type Value } from "../ir/builder.ts";
import type { OpName } from "../ir/ops.ts";
import type { Equation, Program, ValueId } from "../ir/program.ts";
import { sameShape, sizeOf, type TensorData } from "../ir/tensor.ts";
import { IrTypeError } from "../ir/type-rules.ts";
import { poolFirst } from "./pool-first.ts";
import { NO_GRADIENT, VJP_RULES, type Vjp } from "./vjp/index.ts";

/** Values that depend differentiably on any of `wrt`: only along them does a gradient flow. */
function activeValues(b: Builder, equations: readonly Equation[], wrt: readonly Value[]): Set<ValueId> {
  const active = new Set<ValueId>(wrt.map((v) => v.id));
  for (const e of equations) {
    if (NO_GRADIENT.has(e.op) || !e.inputs.some((id) => active.has(id))) continue;
    for (const id of e.outputs) if (b.value(id).dtype === "float32") active.add(id);
  }
  return active;
}

/**
 * Appends to `b` the gradient of `loss` (float32, one element) with respect to each of `wrt`, and returns those, each of its value's shape;
 * zeros where `loss` does not depend on it. The equations that `b` holds so far are what is differentiated.
 * Throws IrTypeError when `loss` has several elements, or something is not float32.
 */
export function differentiate(b: Builder, loss: Value, wrt: readonly Value[]): Value[] {
  if (sizeOf(loss.shape) !== 1) throw new IrTypeError(`the gradient of a value of shape [${loss.shape}]: a loss has one element`);
  for (const v of [loss, ...wrt]) if (v.dtype !== "float32") throw new IrTypeError(`the gradient of or for ${v.dtype}: only float32 has one`);
  const equations = [...b.equations];
  const active = activeValues(b, equations, wrt);
  const constants = new Map<ValueId, TensorData>(equations.flatMap((e) => (e.op === "constant" ? [[e.outputs[0]!, e.attrs.tensor] as const] : [])));
  const constantOf = (v: Value) => constants.get(v.id);
  const grads = new Map<ValueId, Value>();
  const add = (id: ValueId, g: Value) => {
    const have = grads.get(id);
    grads.set(id, have ? b.add(have, g) : g);
  };
  if (active.has(loss.id)) grads.set(loss.id, b.broadcast(b.scalar(1), loss.shape));
  const asked = new Set(wrt.map((v) => v.id));

  for (const e of equations.reverse()) {
    const grad = grads.get(e.outputs[0]!);
    if (!grad) continue;
    const wanted = e.inputs.map((id) => active.has(id));
    if (!wanted.some(Boolean)) continue;
    const rule = VJP_RULES[e.op] as Vjp<OpName>;
    const given = rule({ b, attrs: e.attrs as never, inputs: e.inputs.map((id) => b.value(id)), outputs: e.outputs.map((id) => b.value(id)), grad, wanted, constantOf });
    given.forEach((g, i) => {
      if (!g || !wanted[i]) return;
      const { shape } = b.value(e.inputs[i]!);
      if (!sameShape(g.shape, shape)) throw new IrTypeError(`the gradient rule of ${e.op} gives [${g.shape}] for an input of [${shape}]`);
      add(e.inputs[i]!, g);
    });
    for (const id of e.outputs) if (!asked.has(id)) grads.delete(id);
  }
  return wrt.map((v) => grads.get(v.id) ?? b.zeros(v.shape));
}

/**
 * The program with one more output `grad:<input>` for each of `inputs`: the gradient of `output` with respect to it. Take gradients
 * before `optimise`, which forgets where gradients were stopped.
 * Throws IrTypeError for unknown names and what `differentiate` refuses.
 */
export function gradient(program: Program, { output, inputs }: { output: string; inputs: readonly string[] }): Program {
  const b = new Builder();
  const given = Object.fromEntries(program.inputs.map(({ name, value }) => [name, b.input(name, program.types[value]!)]));
  const outputs = b.inline(poolFirst(program), given);
  const loss = outputs[output];
  if (!loss) throw new IrTypeError(`no output named ${output}`);
  const wrt = inputs.map((name) => given[name] ?? unknown(name));
  const grads = differentiate(b, loss, wrt);
  return b.build({ ...outputs, ...Object.fromEntries(inputs.map((name, i) => [`grad:${name}`, grads[i]!])) });
}

function unknown(name: string): never {
  throw new IrTypeError(`no input named ${name}`);
}
