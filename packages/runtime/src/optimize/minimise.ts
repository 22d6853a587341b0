/** The loop of an optimisation: compiles its programs, steps until done or stopped, and reports terms and previews. */
import type { Program } from "../ir/program.ts";
import { allocate, sameShape, sizeOf, type TensorData } from "../ir/tensor.ts";
import type { Executable } from "../backends/backend.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { MinimiseOptions, NodeProgress } from "../node-api/node.ts";
import { tensorValue, type ImageValue, type SeriesValue, type TensorValue } from "../node-api/values.ts";
import { createTurns } from "./turn.ts";
import type { LossRegion } from "./loss-region.ts";
import { stepPrograms, type StepPrograms } from "./step-programs.ts";

/** Everything that continuing needs: plain data, fit for structured cloning. */
export interface OptimiserState {
  /** Steps done. */
  readonly step: number;
  /** `params` and `state.*`. */
  readonly carried: { readonly [name: string]: TensorData };
  readonly losses: { readonly [term: string]: readonly number[] };
}

export interface MinimiseResult {
  image: TensorValue;
  losses: SeriesValue;
  state: OptimiserState;
  /** The signal stopped it before its last step: `image` is the one with the lowest loss so far, `state` the latest. */
  interrupted: boolean;
  /** Milliseconds of each step, compiling left out. */
  stepTimes: readonly number[];
}

export interface MinimiseContext {
  /** Compiled programs are kept under `key`. `build` is called only when there is none yet. */
  compile(key: string, build: () => Program): Promise<Executable>;
  /** Keeps what is costly to derive under a key, for the life of the run's cache. */
  remember<T>(key: string, make: () => T): T;
  progress(event: NodeProgress): void;
  /** At each preview, what `resume` needs to go on from there. It holds copies of the lists, and arrays that no later step changes. */
  checkpoint?(state: OptimiserState): void;
  signal?: AbortSignal;
  resume?: OptimiserState;
}

/** Milliseconds without a preview after which one is shown out of turn. */
const SLOW = 2000;

/** @throws NodeFailure where `resume` is the state of another optimisation. */
export async function minimise(region: LossRegion, options: MinimiseOptions, context: MinimiseContext): Promise<MinimiseResult> {
  // `steps` and `previewEvery` change nothing in the programs.
  const key = `${region.key}|${JSON.stringify({ ...options, steps: 0, previewEvery: 0 })}`;
  context.progress({ step: context.resume?.step ?? 0, of: options.steps, note: "Compiling the optimisation step" });
  const programs = context.remember(`step:${key}`, () => stepPrograms(region, options));
  const unfit = context.resume && resumeProblem(context.resume, programs.carried);
  if (unfit) throw new NodeFailure("resume-mismatch", `The optimisation cannot go on from the state that was given: ${unfit}`);
  const [stepper, painter] = [await context.compile(`${key}|step`, () => programs.step), await context.compile(`${key}|picture`, () => programs.picture)];
  const still = await invariants(region, programs, key, context);

  let carried: { [name: string]: TensorData } = { ...(context.resume?.carried ?? zeros(programs.carried)) };
  const losses: { [term: string]: number[] } = Object.fromEntries(Object.entries(context.resume?.losses ?? {}).map(([k, v]) => [k, [...v]]));
  let step = context.resume?.step ?? 0;
  const stepTimes: number[] = [];
  const picture = async (params: TensorData) => (await painter.run(pick({ ...region.frontier, params }, programs.picture))).picture!;
  // What was seen with the lowest loss; a step's loss is that of the parameters it started from.
  let best: { total: number; params: TensorData } | undefined;
  const turns = createTurns();
  let shown = performance.now();

  while (step < options.steps && !context.signal?.aborted) {
    const began = performance.now();
    const before = carried.params!;
    const out = await stepper.run(pick({ ...region.frontier, ...still, ...carried, step: intScalar(step) }, programs.step));
    carried = Object.fromEntries(Object.keys(programs.carried).map((name) => [name, out[name]!]));
    const terms: { [name: string]: number } = {};
    for (const [name, value] of Object.entries(out)) {
      if (name !== "total" && !name.startsWith("term:")) continue;
      const term = name.replace(/^term:/, "");
      terms[term] = value.data[0]!;
      (losses[term] ??= []).push(terms[term]);
    }
    const { total } = terms;
    if (total !== undefined && total < (best?.total ?? Infinity)) best = { total, params: before };
    step++;
    stepTimes.push(performance.now() - began);
    // Slow steps are shown more often than was asked for: somebody waits for the first picture, and for what a stop keeps.
    const show = (step % options.previewEvery === 0 || stepTimes.length === 1 || performance.now() - shown > SLOW) && step < options.steps;
    if (show) shown = performance.now();
    context.progress({ step, of: options.steps, terms, ...(show ? { preview: toImage(await picture(carried.params!)) } : {}) });
    if (show) context.checkpoint?.({ step, carried, losses: copied(losses) });
    await turns();
  }
  const interrupted = step < options.steps;
  return {
    image: tensorValue(await picture(interrupted && best ? best.params : carried.params!)),
    losses: {
      kind: "series",
      x: { name: "step", values: Array.from({ length: step }, (_, i) => i + 1) },
      curves: Object.entries(losses).map(([name, values]) => ({ name, values })),
    },
    state: { step, carried, losses },
    interrupted,
    stepTimes,
  };
}

const copied = (losses: { readonly [term: string]: readonly number[] }): OptimiserState["losses"] => Object.fromEntries(Object.entries(losses).map(([term, values]) => [term, [...values]]));

/** A state comes from outside, where it may have been mixed up or saved as JSON, which has no arrays of floats. */
function resumeProblem(state: OptimiserState, carried: { readonly [name: string]: readonly number[] }): string | null {
  if (!Number.isInteger(state.step) || state.step < 0 || typeof state.carried !== "object" || state.carried === null) return "it is not one that an optimiser gave.";
  for (const [name, shape] of Object.entries(carried)) {
    const found = state.carried[name];
    if (!found) return `it has no “${name}”; it comes from another method.`;
    if (!(found.data instanceof Float32Array)) return `“${name}” holds no Float32Array; states can be cloned, but not written as JSON.`;
    if (!sameShape(found.shape, shape) || found.data.length !== sizeOf(shape)) return `“${name}” has ${found.data.length} numbers, and ${sizeOf(shape)} are needed; it comes from a picture of another size, or from another parametrisation.`;
  }
  const wrong = Object.values(state.losses ?? {}).some((values) => !Array.isArray(values) || values.length !== state.step);
  return wrong ? `its losses do not belong to ${state.step} steps.` : null;
}

/** Values that the step reads but never changes; those that depend on the jitter offset are stacked in its order. */
export async function invariants(
  region: LossRegion,
  programs: StepPrograms,
  key: string,
  context: Pick<MinimiseContext, "compile">,
): Promise<{ [name: string]: TensorData }> {
  const found: { [name: string]: TensorData } = {};
  const { fixed, perOffset, offsets } = programs;
  if (fixed) Object.assign(found, await (await context.compile(`${key}|fixed`, () => fixed)).run(pick(region.frontier, fixed)));
  if (perOffset) {
    const executable = await context.compile(`${key}|offset`, () => perOffset);
    const each: { [name: string]: TensorData }[] = [];
    for (const [dy, dx] of offsets) each.push(await executable.run(pick({ ...region.frontier, dy: intScalar(dy), dx: intScalar(dx) }, perOffset)));
    for (const name of Object.keys(each[0]!)) found[name] = stack(each.map((e) => e[name]!));
  }
  return found;
}

/** Just the inputs that a program has. */
export const pick = (values: { readonly [name: string]: TensorData }, program: Program): { [name: string]: TensorData } =>
  Object.fromEntries(program.inputs.map(({ name }) => [name, values[name]!]));

const intScalar = (value: number): TensorData => ({ dtype: "int32", shape: [], data: Int32Array.of(value) });

export const zeros = (shapes: { readonly [name: string]: readonly number[] }): { [name: string]: TensorData } =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { dtype: "float32", shape, data: allocate("float32", sizeOf(shape)) }]));

function stack(parts: readonly TensorData[]): TensorData {
  const first = parts[0]!;
  const data = allocate(first.dtype, first.data.length * parts.length);
  parts.forEach((p, i) => data.set(p.data, i * first.data.length));
  return { dtype: first.dtype, shape: [parts.length, ...first.shape], data };
}

/** `[1,H,W,3]` in 0…1 to 8 bits, rounded to nearest. */
export function toImage(t: TensorData): ImageValue {
  const [, height, width] = t.shape as [number, number, number, number];
  const data = new Uint8Array(height * width * 3);
  for (let i = 0; i < data.length; i++) data[i] = Math.min(255, Math.max(0, t.data[i]! * 255 + 0.5));
  return { kind: "image", width, height, data };
}
