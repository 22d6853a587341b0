/**
 * The programs of an optimisation: what does not change from step to step is computed once (once per jitter offset
 * where it depends on that), and one program is a whole step: picture, features, costs, gradient, update.
 */
import { Builder, type Value } from "../ir/builder.ts";
import type { NamedValue, Program } from "../ir/program.ts";
import type { StaticType } from "../ir/tensor.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import { gradient, hoistInvariants, optimise } from "../passes/index.ts";
import { jitterOffsets } from "./jitter.ts";
import type { LossRegion } from "./loss-region.ts";
import { parametrisation, type Parametrisation } from "./parametrisation.ts";
import { UPDATE_RULES } from "./update-rules.ts";

export interface StepPrograms {
  /** frontier → values that never change. `null`: there are none. */
  fixed: Program | null;
  /** (frontier, `dy`, `dx`) → values that change with the jitter offset alone. `null`: there are none. */
  perOffset: Program | null;
  /**
   * (`step`, `rate` where asked for, `params`, `state.*`, and whichever of the frontier, the fixed values and the per-offset values stacked along
   * a new first axis it reads) → `params`, `state.*`, `total`, `term:*`.
   */
  step: Program;
  /** (frontier, `params`) → `picture` `[1,H,W,3]`. */
  picture: Program;
  /** Shapes of all that is carried from step to step (`params`, `state.*`); it starts as zeros. */
  carried: { readonly [name: string]: readonly number[] };
  offsets: readonly (readonly [number, number])[];
}

type Values = { readonly [name: string]: Value };

const INT_SCALAR: StaticType = { dtype: "int32", shape: [] };
const isTerm = (o: NamedValue) => o.name === "total" || o.name.startsWith("term:");

/** The loss with its gradient as a function of the flat parameters, the frontier and the jitter offset. */
function lossAndGradient(region: LossRegion, how: Parametrisation, jitter: boolean): Program {
  const b = new Builder();
  const frontier = inputs(b, region.frontier);
  const shift = jitter ? { dy: b.input("dy", INT_SCALAR), dx: b.input("dx", INT_SCALAR) } : undefined;
  const params = b.input("params", { dtype: "float32", shape: [how.size] });
  const picture = b.channelsLast(how.image(b, region.start(b, frontier), params));
  const { loss, terms } = region.loss(b, frontier, picture, shift);
  const outputs: { [name: string]: Value } = { total: b.reshape(loss, []) };
  for (const [node, v] of Object.entries(terms)) outputs[`term:${node}`] = b.reshape(v, []);
  return optimise(gradient(b.build(outputs), { output: "total", inputs: ["params"] }));
}

const inputs = (b: Builder, types: { readonly [name: string]: StaticType }): Values =>
  Object.fromEntries(Object.entries(types).map(([name, t]) => [name, b.input(name, t)]));

/** Shapes of all that is carried from step to step (`params`, `state.*`) for a picture of this size. */
export function carriedShapes({ height, width }: { height: number; width: number }, options: MinimiseOptions): { readonly [name: string]: readonly number[] } {
  const { size } = parametrisation(options.parametrisation, height, width, options.levels);
  const carried: { [name: string]: readonly number[] } = { params: [size] };
  for (const [name, shape] of Object.entries(UPDATE_RULES[options.method].state(size))) carried[`state.${name}`] = shape;
  return carried;
}

/** The same program with fewer outputs, and without the inputs that only the others read; `null` when no output is left. */
export function restrict(program: Program, keep: (o: NamedValue) => boolean): Program | null {
  const outputs = program.outputs.filter(keep);
  if (!outputs.length) return null;
  const rest = optimise({ ...program, outputs });
  const read = new Set([...rest.equations.flatMap((e) => e.inputs), ...rest.outputs.map((o) => o.value)]);
  return { ...rest, inputs: rest.inputs.filter((i) => read.has(i.value)) };
}

/** The ids of all values computed from the named inputs. */
export function dependents(program: Program, names: readonly string[]): ReadonlySet<number> {
  const reached = new Set(program.inputs.filter((i) => names.includes(i.name)).map((i) => i.value));
  for (const e of program.equations) if (e.inputs.some((i) => reached.has(i))) e.outputs.forEach((o) => reached.add(o));
  return reached;
}

export function stepPrograms(region: LossRegion, options: MinimiseOptions, output: { picture?: boolean; rate?: boolean } = {}): StepPrograms {
  const how = parametrisation(options.parametrisation, region.height, region.width, options.levels);
  const offsets = jitterOffsets(options.jitter, options.seed);
  const jitter = options.jitter > 0;
  const { prologue, main } = hoistInvariants(lossAndGradient(region, how, jitter), { varying: ["params"] });
  const shifted = prologue ? dependents(prologue, ["dy", "dx"]) : new Set<number>();
  const stacked = new Set(prologue?.outputs.filter((o) => shifted.has(o.value)).map((o) => o.name));

  const rule = UPDATE_RULES[options.method];
  const carried = carriedShapes(region, options);

  const b = new Builder();
  const step = b.input("step", INT_SCALAR);
  const given: { [name: string]: Value } = inputs(b, Object.fromEntries(Object.entries(carried).map(([n, shape]) => [n, { dtype: "float32", shape }])));
  const slot = jitter ? b.mod(step, b.scalar(offsets.length, "int32")) : undefined;
  const offset = (axis: 0 | 1) => b.gather(b.ints([offsets.length], offsets.map((o) => o[axis])), slot!, 0);
  if (jitter) Object.assign(given, { dy: offset(0), dx: offset(1) });
  const needed = new Map(main.inputs.map((i) => [i.name, main.types[i.value]!]));
  // The update itself reads the start picture where the parameters are kept in range.
  if (how.project || output.picture) for (const [name, t] of Object.entries(region.frontier)) needed.set(name, t);
  for (const [name, t] of needed) {
    if (given[name]) continue;
    given[name] = stacked.has(name) ? b.gather(b.input(name, { dtype: t.dtype, shape: [offsets.length, ...t.shape] }), slot!, 0) : b.input(name, t);
  }
  const body = b.inline(main, Object.fromEntries(main.inputs.map((i) => [i.name, given[i.name]!])));
  const state = Object.fromEntries(Object.keys(rule.state(how.size)).map((n) => [n, given[`state.${n}`]!]));
  const next = rule.update(b, { params: given.params!, gradient: body["grad:params"]!, state, step: b.cast(step, "float32"), options: output.rate ? { ...options, learningRate: b.input("rate", { dtype: "float32", shape: [] }) } : options });
  const outputs: { [name: string]: Value } = { params: how.project ? how.project(b, region.start(b, given), next.params) : next.params };
  for (const [name, v] of Object.entries(next.state)) outputs[`state.${name}`] = v;
  for (const o of main.outputs.filter(isTerm)) outputs[o.name] = body[o.name]!;
  if (output.picture) outputs.picture = b.channelsLast(how.image(b, region.start(b, given), outputs.params!));

  const p = new Builder();
  const frontier = inputs(p, region.frontier);
  const picture = p.channelsLast(how.image(p, region.start(p, frontier), p.input("params", { dtype: "float32", shape: [how.size] })));

  return {
    fixed: prologue && restrict(prologue, (o) => !stacked.has(o.name)),
    perOffset: prologue && restrict(prologue, (o) => stacked.has(o.name)),
    step: optimise(b.build(outputs)),
    picture: optimise(p.build({ picture })),
    carried,
    offsets,
  };
}
