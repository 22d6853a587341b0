/** Before gradients are taken: clips what is left after a max pooling rather than everything before it. */
import { Builder, type Value } from "../ir/builder.ts";
import type { OpName } from "../ir/ops.ts";
import type { Equation, Program, ValueId } from "../ir/program.ts";

/**
 * `maxPool(clip(x))` as `clip(maxPool(x))`, where nothing else reads the clipped values. Exactly the same numbers, since clipping
 * never changes which of two is larger; but the clip, and in the gradient its mask and product, run over a quarter of the
 * elements (2×2 windows). The simplifier leaves it alone: without a gradient, engines fuse a ReLU into the convolution before it.
 */
export function poolFirst(program: Program): Program {
  const uses = new Map<ValueId, number>();
  const count = (id: ValueId) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const e of program.equations) e.inputs.forEach(count);
  for (const o of program.outputs) count(o.value);
  const clips = new Map<ValueId, Equation & { op: "clip" }>();
  for (const e of program.equations) if (e.op === "clip" && uses.get(e.outputs[0]!) === 1) clips.set(e.outputs[0]!, e);
  const pooled = new Set(program.equations.flatMap((e) => (e.op === "maxPool" && clips.has(e.inputs[0]!) ? [e.inputs[0]!] : [])));
  if (!pooled.size) return program;

  const b = new Builder();
  const at = new Map<ValueId, Value>(program.inputs.map(({ name, value }) => [value, b.input(name, program.types[value]!)]));
  for (const e of program.equations) {
    const [output, input] = [e.outputs[0]!, e.inputs[0]];
    if (pooled.has(output)) continue;
    if (e.op === "maxPool" && pooled.has(input!)) {
      const clip = clips.get(input!)!;
      at.set(output, b.emit("clip", clip.attrs, b.emit("maxPool", e.attrs, at.get(clip.inputs[0]!)!)));
      continue;
    }
    b.emitAll(e.op as OpName, e.attrs as never, ...e.inputs.map((id) => at.get(id)!)).forEach((v, i) => at.set(e.outputs[i]!, v));
  }
  return b.build(Object.fromEntries(program.outputs.map((o) => [o.name, at.get(o.value)!])));
}
