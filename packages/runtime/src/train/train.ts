/** The loop of a training: batches in, steps until done, stopped or no better, validated on the way, the best weights kept. */
import type { Executable } from "../backends/backend.ts";
import type { Program } from "../ir/program.ts";
import { allocate, sizeOf, type TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { Feed, NodeProgress, Notice, TrainOptions } from "../node-api/node.ts";
import type { SeriesValue } from "../node-api/values.ts";
import { createTurns } from "../optimize/turn.ts";
import type { Drawing } from "./drawing.ts";
import { learningRate } from "./schedule.ts";
import { trainingPrograms, type Describe, type Split, type WeightPlace } from "./step-program.ts";
import { partsOf, resumeProblem, stateOf, type Parts, type TrainState, type Validations } from "./train-state.ts";
import { validate, type Validator } from "./validation.ts";

export interface TrainContext {
  /** Compiled programs are kept under `key`. `build` is called only when there is none yet. */
  compile(key: string, build: () => Program): Promise<Executable>;
  /** Keeps what is costly to derive under a key, for the life of the run's cache. */
  remember<T>(key: string, make: () => T): T;
  describe: Describe;
  progress(event: NodeProgress): void;
  /** What nodes of the drawing notice about their scalars. */
  notices(node: string, scalars: { readonly [port: string]: number }): readonly Notice[];
  /** Told once for each node and code. */
  warn(node: string, notice: Notice): void;
  /** What `resume` needs to go on from there: after each validation and every few seconds. Its arrays are not changed afterwards. */
  checkpoint?(state: TrainState): void;
  signal?: AbortSignal;
  resume?: TrainState;
}

export interface Training {
  /** The weights that are kept, in the order of `layout`. */
  params: TensorData;
  layout: readonly WeightPlace[];
  losses: SeriesValue;
  validation: SeriesValue;
  metrics: { readonly [name: string]: number };
  /** After which step the kept weights were, and how many steps were done. */
  step: number;
  steps: number;
  ended: string;
  state: TrainState;
  interrupted: boolean;
  /** Milliseconds of each step, compiling and validating left out. */
  stepTimes: readonly number[];
}

/** Milliseconds without a checkpoint after which one is made out of turn. */
const CHECKPOINT_AFTER = 5000;
/** The nodes look at their scalars every so many steps, once the start values have had time to move: what has learned nothing yet looks like a collapse. */
const LOOK_EVERY = 10;
const LOOK_FROM = 50;

/** @throws NodeFailure where `resume` is another training's state, and where the loss is no number any more: the last good state is a checkpoint then. */
export async function train(drawing: Drawing, options: TrainOptions, feed: Feed, context: TrainContext): Promise<Training> {
  const { method, momentum, weightDecay } = options;
  const key = `${drawing.key}|train|${JSON.stringify({ method, momentum: method === "momentum" ? momentum : 0, weightDecay })}`;
  context.progress({ step: context.resume?.step ?? 0, of: options.steps, note: "Compiling the training step" });
  for (const { node, ...notice } of drawing.warnings) context.warn(node, notice);
  const programs = context.remember(`programs:${key}`, () => trainingPrograms(drawing, { method, momentum, weightDecay }, context.describe));
  const unfit = context.resume && resumeProblem(context.resume, programs.carried);
  if (unfit) throw new NodeFailure("resume-mismatch", `The training cannot go on from the state that was given: ${unfit}`);
  const stepper = await open(programs.step, `${key}|step`, drawing, context);
  const validator = options.metrics && options.validateEvery > 0 && programs.predict ? await openValidator(programs.predict, `${key}|predict`, drawing, context) : null;

  const { carried: begun, validations, kept: keptBefore, feed: fedBefore } = context.resume ? partsOf(context.resume, Object.keys(programs.carried)) : beginning(drawing, programs.carried);
  if (fedBefore) feed.restore?.(fedBefore);
  let carried = begun;
  let kept = keptBefore;
  let step = context.resume?.step ?? 0;
  const losses: { [term: string]: number[] } = Object.fromEntries(Object.entries(context.resume?.losses ?? {}).map(([k, v]) => [k, [...v]]));
  const parts = (now = carried): Parts => ({ carried: now, validations, kept, feed: feed.state?.() });
  const stepTimes: number[] = [];
  const told = new Set<string>();
  const turns = createTurns();
  let before = carried;
  let saved = performance.now();
  let latest: { [metric: string]: number } = {};
  let ended = "all steps done";

  const lookAtHeldOut = async (): Promise<void> => {
    const found = validator && (await validate(validator, feed, carried["params"]!, { metrics: options.metrics!, ofExamples: options.ofExamples === true }));
    if (validator && !found && !told.has("nothing-held-out")) {
      told.add("nothing-held-out");
      context.warn(drawing.region.optimiser, { code: "nothing-held-out", param: "validate", message: "Nothing can be validated, because the dataset holds out no examples: the weights after the last step are kept. Hold out a share of it, or choose not to validate." });
    }
    if (!found) return;
    latest = found;
    const first = Object.keys(found)[0]!;
    const bestBefore = Math.min(...(validations.metrics[first] ?? []), Infinity);
    validations.steps.push(step);
    record(validations, found);
    if (!kept || found[first]! < bestBefore) kept = carried["params"]!;
  };

  while (step < options.steps && !context.signal?.aborted) {
    const began = performance.now();
    const batch = feed.batch(step);
    const given: { [name: string]: TensorData } = { ...stepper.still, ...carried, step: intScalar(step), rate: scalar(learningRate(options, step)) };
    for (const name of Object.keys(drawing.fed)) given[name] = batch[name.slice(drawing.region.feed.length + 1)]!;
    const out = await stepper.run(given);
    const terms = readTerms(out);
    if (!Number.isFinite(terms["total"])) {
      const good = Math.max(step - 1, 0);
      context.checkpoint?.(stateOf(good, parts(before), losses));
      throw diverged(step, terms["total"]!, learningRate(options, step), good);
    }
    before = carried;
    carried = Object.fromEntries(Object.keys(programs.carried).map((name) => [name, out[name]!]));
    for (const [name, value] of Object.entries(terms)) (losses[name] ??= []).push(value);
    const counts = feed.observe?.(step, under(out, "feedback:")) ?? {};
    step++;
    if ((step % LOOK_EVERY === 0 && step >= LOOK_FROM) || step === options.steps) look(out, context, told);
    stepTimes.push(performance.now() - began);

    if (validator && (step % options.validateEvery === 0 || step === options.steps)) {
      await lookAtHeldOut();
      if (validations.steps.at(-1) === step) record(validations, counts);
    }
    const secondsPerStep = median(stepTimes.slice(-15)) / 1000;
    context.progress({ step, of: options.steps, terms: { ...terms, ...latest, ...counts }, ...(validations.steps.at(-1) === step ? { validation: latest } : {}), ...(Object.keys(counts).length ? { counts } : {}), secondsPerStep });
    if (context.checkpoint && step < options.steps && (validations.steps.at(-1) === step || performance.now() - saved > CHECKPOINT_AFTER)) {
      saved = performance.now();
      context.checkpoint(stateOf(step, parts(), losses));
    }
    if (options.patience > 0 && validations.steps.at(-1) === step && withoutProgress(validations) >= options.patience) {
      ended = `no better for ${options.patience} validation${options.patience === 1 ? "" : "s"}`;
      break;
    }
    await turns();
  }
  const interrupted = context.signal?.aborted === true && step < options.steps && ended === "all steps done";
  if (interrupted) ended = "stopped";
  const best = kept ? bestOf(validations) : null;
  return {
    params: kept ?? carried["params"]!,
    layout: programs.layout,
    losses: { kind: "series", x: { name: "step", values: Array.from({ length: step }, (_, i) => i + 1) }, curves: curves(losses) },
    validation: { kind: "series", x: { name: "step", values: validations.steps }, curves: curves(validations.metrics) },
    metrics: best === null ? {} : Object.fromEntries(Object.entries(validations.metrics).map(([name, values]) => [name, values[best]!])),
    step: best === null ? step : validations.steps[best]!,
    steps: step,
    ended,
    state: stateOf(step, parts(), losses),
    interrupted,
    stepTimes,
  };
}

interface Opened {
  run(given: { readonly [name: string]: TensorData }): Promise<{ [name: string]: TensorData }>;
  executable: Executable;
  still: { readonly [name: string]: TensorData };
  reads: readonly string[];
}

/** Compiles a program and computes what it reads and never changes. */
async function open({ fixed, main }: Split, key: string, drawing: Drawing, context: Pick<TrainContext, "compile">): Promise<Opened> {
  const executable = await context.compile(key, () => main);
  const hoisted = fixed ? await (await context.compile(`${key}|fixed`, () => fixed)).run(Object.fromEntries(fixed.inputs.map((i) => [i.name, drawing.still[i.name]!]))) : {};
  const still = { ...drawing.still, ...hoisted };
  const reads = main.inputs.map((i) => i.name);
  return { executable, still, reads, run: (given) => executable.run(Object.fromEntries(reads.map((name) => [name, given[name]!]))) };
}

async function openValidator(predict: Split, key: string, drawing: Drawing, context: Pick<TrainContext, "compile">): Promise<Validator> {
  return { ...(await open(predict, key, drawing, context)), feed: drawing.region.feed };
}

/** The weights as they start, and everything else zeros. */
function beginning(drawing: Drawing, shapes: { readonly [name: string]: readonly number[] }): Parts {
  const carried: { [name: string]: TensorData } = {};
  for (const [name, shape] of Object.entries(shapes)) carried[name] = { dtype: "float32", shape, data: allocate("float32", sizeOf(shape)) };
  let at = 0;
  for (const { data } of drawing.weights.values()) {
    carried["params"]!.data.set(data, at);
    at += data.length;
  }
  return { carried, validations: { steps: [], metrics: {} }, kept: undefined, feed: undefined };
}

function readTerms(out: { readonly [name: string]: TensorData }): { [term: string]: number } {
  const terms: { [term: string]: number } = { total: out["total"]!.data[0]! };
  for (const [name, t] of Object.entries(under(out, "term:"))) terms[name] = t.data[0]!;
  return terms;
}

const under = (out: { readonly [name: string]: TensorData }, prefix: string): { [name: string]: TensorData } =>
  Object.fromEntries(Object.entries(out).flatMap(([name, t]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), t]] : [])));

/** Lets each node look at its scalars of this step. */
function look(out: { readonly [name: string]: TensorData }, context: TrainContext, told: Set<string>): void {
  const scalars = new Map<string, { [port: string]: number }>();
  for (const [key, t] of Object.entries(under(out, "scalar:"))) {
    const dot = key.lastIndexOf(".");
    const node = key.slice(0, dot);
    scalars.set(node, { ...scalars.get(node), [key.slice(dot + 1)]: t.data[0]! });
  }
  for (const [node, values] of scalars)
    for (const notice of context.notices(node, values)) {
      if (told.has(`${node}|${notice.code}`)) continue;
      told.add(`${node}|${notice.code}`);
      context.warn(node, notice);
    }
}

const diverged = (step: number, loss: number, rate: number, good: number): NodeFailure =>
  new NodeFailure(
    "training-diverged",
    `The loss became ${Number.isNaN(loss) ? "no number" : "infinite"} at step ${step + 1}, with a learning rate of ${Number(rate.toPrecision(3))}. Take a smaller one (a tenth of it, say), or let it rise over more steps of warm-up. A checkpoint, where one is kept, holds the weights of step ${good}: the training can go on from there.`,
    { param: "learningRate" },
  );

/** Beside the step that was noted last; what was not told before has gaps there. */
function record({ steps, metrics }: Validations, values: { readonly [name: string]: number }): void {
  for (const [name, value] of Object.entries(values)) {
    const list = (metrics[name] ??= []);
    while (list.length < steps.length - 1) list.push(NaN);
    list.push(value);
  }
}

/** Where the first metric was smallest, the first time. */
function bestOf({ steps, metrics }: Validations): number | null {
  if (!steps.length) return null;
  const values = Object.values(metrics)[0]!;
  return values.indexOf(Math.min(...values));
}

/** Validations since the best one. */
const withoutProgress = (validations: Validations): number => validations.steps.length - 1 - (bestOf(validations) ?? 0);

const curves = (by: { readonly [name: string]: readonly number[] }): SeriesValue["curves"] => Object.entries(by).map(([name, values]) => ({ name, values: [...values] }));
const intScalar = (value: number): TensorData => ({ dtype: "int32", shape: [], data: Int32Array.of(value) });
const scalar = (value: number): TensorData => ({ dtype: "float32", shape: [], data: Float32Array.of(value) });

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
