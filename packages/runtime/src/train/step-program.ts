/** The programs of a training: one whole step (forward, gradient, update) over a flat vector of weights, and the predictions alone. */
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import { sizeOf, type StaticType } from "../ir/tensor.ts";
import type { RunnableNode, TrainOptions } from "../node-api/node.ts";
import { UPDATE_RULES } from "../optimize/update-rules.ts";
import { gradient, hoistInvariants, optimise } from "../passes/index.ts";
import type { Drawing } from "./drawing.ts";
import { isActivations, type Lowered } from "../node-api/node.ts";

export interface Split {
  /** What depends on neither weights nor batch: computed once from the drawing's still values. `null`: there is nothing. */
  fixed: Program | null;
  main: Program;
}

export interface TrainingPrograms {
  /**
   * (`params`, `state.*`, `step` int32, `rate`, and of the batch, the still and the fixed values what it reads) →
   * `params`, `state.*`, `total`, `term:NODE`, `scalar:NODE.PORT`, `feedback:NODE.PORT`. `total` and the rest are those before the update.
   */
  step: Split;
  /** (`params`, batch, still and fixed values) → `predictions`. `null`: nothing is connected there. */
  predict: Split | null;
  /** Shapes of all that is carried from step to step; `state.*` starts as zeros. */
  carried: { readonly [name: string]: readonly number[] };
  /** Where each weight lies in `params`. */
  layout: readonly WeightPlace[];
}

export interface WeightPlace {
  readonly name: string;
  readonly shape: readonly number[];
  readonly at: number;
}

type Values = { readonly [name: string]: Value };
/** What of a node shows in a training. */
export type Describe = (id: string) => RunnableNode;
/** How a gradient becomes a step; the rate and its schedule are no part of the programs. */
export type StepOptions = Pick<TrainOptions, "method" | "momentum" | "weightDecay">;

const SCALAR: StaticType = { dtype: "float32", shape: [] };

export function layoutOf(drawing: Drawing): WeightPlace[] {
  let at = 0;
  return [...drawing.weights].map(([name, { shape }]) => {
    const place = { name, shape, at };
    at += sizeOf(shape);
    return place;
  });
}

export function trainingPrograms(drawing: Drawing, options: StepOptions, describe: Describe): TrainingPrograms {
  const layout = layoutOf(drawing);
  const size = layout.reduce((n, w) => n + sizeOf(w.shape), 0);
  const rule = UPDATE_RULES[options.method];
  const state = rule.state(size);
  const carried: { [name: string]: readonly number[] } = { params: [size] };
  for (const [name, shape] of Object.entries(state)) carried[`state.${name}`] = shape;

  const loss = lossAndGradients(drawing, layout, describe);
  const b = new Builder();
  const given = inputs(b, Object.fromEntries(Object.entries(carried).map(([n, shape]) => [n, { dtype: "float32", shape } as const])));
  const [step, rate] = [b.input("step", { dtype: "int32", shape: [] }), b.input("rate", SCALAR)];
  const params = given["params"]!;
  const read = inputs(b, Object.fromEntries(loss.inputs.filter((i) => !i.name.startsWith("weight:")).map((i) => [i.name, loss.types[i.value]!])));
  const out = b.inline(loss, { ...read, ...weightsIn(b, params, layout) });
  const flat = b.concat(layout.map((w) => b.reshape(out[`grad:weight:${w.name}`]!, [-1])), 0);
  const decayed = options.weightDecay ? b.add(flat, b.mul(params, options.weightDecay)) : flat;
  const next = rule.update(b, {
    params, gradient: decayed, step: b.cast(step, "float32"),
    state: Object.fromEntries(Object.keys(state).map((name) => [name, given[`state.${name}`]!])),
    options: { learningRate: rate, momentum: options.momentum },
  });
  const outputs: { [name: string]: Value } = { params: next.params };
  for (const [name, v] of Object.entries(next.state)) outputs[`state.${name}`] = v;
  for (const [name, v] of Object.entries(out)) if (!name.startsWith("grad:")) outputs[name] = v;

  const varying = [...Object.keys(carried), "step", "rate", ...Object.keys(drawing.fed)];
  const split = (program: Program): Split => {
    const { prologue, main } = hoistInvariants(optimise(program), { varying });
    return { fixed: prologue, main };
  };
  const predict = predictions(drawing, layout, size);
  return { step: split(b.build(outputs)), predict: predict && split(predict), carried, layout };
}

const inputs = (b: Builder, types: { readonly [name: string]: StaticType }): { [name: string]: Value } =>
  Object.fromEntries(Object.entries(types).map(([name, t]) => [name, b.input(name, t)]));

/** The weights as pieces of the flat vector, by `weight:NAME`. */
const weightsIn = (b: Builder, params: Value, layout: readonly WeightPlace[]): Values =>
  Object.fromEntries(layout.map((w) => [`weight:${w.name}`, b.reshape(b.sliceAxis(params, 0, w.at, w.at + sizeOf(w.shape)), w.shape)]));

/** With the weights as inputs of their own, so that no gradient is as long as all of them together. */
function lossAndGradients(drawing: Drawing, layout: readonly WeightPlace[], describe: Describe): Program {
  const b = new Builder();
  const read = inputs(b, { ...drawing.fed, ...drawing.still });
  const weights = inputs(b, Object.fromEntries(layout.map((w) => [`weight:${w.name}`, { dtype: "float32", shape: w.shape } as const])));
  const { ends, nodes } = drawing.region;
  const { node, port } = ends["loss"]!;
  const feedback = nodes.flatMap((id) => describe(id).outputs.flatMap((o) => (o.feedback ? [`${id}.${o.name}`] : [])));
  const written = drawing.write(b, { value: (name) => read[name], weight: (name, _start, trained) => (trained ? weights[`weight:${name}`] : undefined) }, [`${node}.${port}`, ...feedback]);
  const outputs: { [name: string]: Value } = { total: b.reshape(written.at(`${node}.${port}`) as Value, []) };
  for (const id of written.nodes) {
    const declaration = describe(id);
    for (const o of declaration.outputs) {
      const value = written.at(`${id}.${o.name}`);
      if (!value || isActivations(value)) continue;
      const isLoss = o.type.kind === "tensor" && o.type.meaning === "loss" && o.type.shape?.length === 0;
      if (isLoss && id !== node) outputs[`term:${id}`] = b.reshape(value, []);
      if (declaration.notices && value.dtype === "float32" && sizeOf(value.shape) === 1) outputs[`scalar:${id}.${o.name}`] = b.reshape(value, []);
      if (o.feedback) outputs[`feedback:${id}.${o.name}`] = value;
    }
  }
  return gradient(b.build(outputs), { output: "total", inputs: layout.map((w) => `weight:${w.name}`) });
}

function predictions(drawing: Drawing, layout: readonly WeightPlace[], size: number): Program | null {
  const end = drawing.region.ends["predictions"];
  if (!end) return null;
  const b = new Builder();
  const read = inputs(b, { ...drawing.fed, ...drawing.still });
  const weights = weightsIn(b, b.input("params", { dtype: "float32", shape: [size] }), layout);
  // Straight from the feed: nothing was learned, and that is what comes out.
  const key = `${end.node}.${end.port}`;
  const written = drawing.write(b, { value: (name) => read[name], weight: (name, _start, trained) => (trained ? weights[`weight:${name}`] : undefined) }, [key]);
  const value: Lowered | undefined = written.at(key) ?? read[key];
  return value && !isActivations(value) ? b.build({ predictions: value }) : null;
}
