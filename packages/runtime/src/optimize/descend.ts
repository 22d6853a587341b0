/** The loop of an optimisation at one size: compiles its programs, and steps until done, stopped or getting nowhere. */
import type { Program } from "../ir/program.ts";
import { allocate, sizeOf, type TensorData } from "../ir/tensor.ts";
import type { Executable } from "../backends/backend.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import type { ImageValue } from "../node-api/values.ts";
import type { Course, OptimiserState } from "./course.ts";
import type { LossRegion } from "./loss-region.ts";
import { isPlateau } from "./plateau.ts";
import { stepPrograms, type StepPrograms } from "./step-programs.ts";
import { createTurns } from "./turn.ts";

export interface DescentContext {
  /** Compiled programs are kept under `key`. `build` is called only when there is none yet. */
  compile(key: string, build: () => Program): Promise<Executable>;
  /** Keeps what is costly to derive under a key, for the life of the run's cache. */
  remember<T>(key: string, make: () => T): T;
  signal?: AbortSignal;
}

/** A stretch of the way at one size. */
export interface Leg {
  region: LossRegion;
  /** Steps done before it, and those after which it ends. */
  began: number;
  until: number;
  /** The learning rate falls on the way: large steps find the shapes, small ones stay with them. */
  settles: boolean;
  /** Where it goes on from; zeros at its beginning. */
  carried?: { readonly [name: string]: TensorData };
  octave?: OptimiserState["octave"];
}

export interface Arrival {
  ended: "done" | "plateau" | "stopped";
  /** `[1,h,w,3]`: where it was stopped, the one with the lowest loss. */
  picture: TensorData;
  state: Omit<OptimiserState, "step" | "losses">;
}

/** What tells the programs of two optimisations of one region apart. */
export const programKey = (region: LossRegion, { method, learningRate, momentum, parametrisation, levels, jitter, seed }: MinimiseOptions): string =>
  `${region.key}|${JSON.stringify({ method, learningRate, momentum, parametrisation, levels, jitter, seed })}`;

/** Where the rate ends in an octave that settles. */
const SETTLED = 0.05;

/** What the learning rate is multiplied by after the share `done` of an octave that settles: half a cosine. */
export const settling = (done: number): number => SETTLED + (1 - SETTLED) * 0.5 * (1 + Math.cos(Math.PI * done));

export async function descend({ region, began, until, settles, carried: from, octave }: Leg, course: Course, options: MinimiseOptions, context: DescentContext): Promise<Arrival> {
  // L-BFGS knows its own step; a smaller one would only keep it from getting there.
  const rate = settles && options.method !== "l-bfgs";
  const rateAt = (step: number): TensorData => ({ dtype: "float32", shape: [], data: Float32Array.of(options.learningRate * settling((step - began) / (until - began))) });
  const key = `${programKey(region, options)}${rate ? "|rate" : ""}`;
  const programs = context.remember(`step:${key}`, () => stepPrograms(region, options, { rate }));
  const [stepper, painter] = [await context.compile(`${key}|step`, () => programs.step), await context.compile(`${key}|picture`, () => programs.picture)];
  const still = await invariants(region, programs, key, context);
  const picture = async (params: TensorData) => (await painter.run(pick({ ...region.frontier, params }, programs.picture))).picture!;

  let carried: { [name: string]: TensorData } = { ...(from ?? zeros(programs.carried)) };
  const state = () => ({ carried, ...(octave ? { octave } : {}) });
  // What was seen with the lowest loss; a step's loss is that of the parameters it started from.
  let best: { total: number; params: TensorData } | undefined;
  const turns = createTurns();
  let ended: Arrival["ended"] = "done";
  while (course.step < until && ended === "done") {
    if (context.signal?.aborted) {
      ended = "stopped";
      break;
    }
    const started = performance.now();
    const before = carried.params!;
    const out = await stepper.run(pick({ ...region.frontier, ...still, ...carried, rate: rateAt(course.step), step: intScalar(course.step - began) }, programs.step));
    carried = Object.fromEntries(Object.keys(programs.carried).map((name) => [name, out[name]!]));
    const terms = termsOf(out);
    const { total } = terms;
    if (total !== undefined && total < (best?.total ?? Infinity)) best = { total, params: before };
    await course.done([terms], performance.now() - started, until, async () => toImage(await picture(carried.params!)), state);
    if (course.step < until && isPlateau(course.losses["total"]!.slice(began), { improvement: options.plateau ?? 0, steps: options.plateauSteps ?? 0 })) ended = "plateau";
    await turns();
  }
  return { ended, picture: await picture(ended === "stopped" && best ? best.params : carried.params!), state: state() };
}

export function termsOf(out: { readonly [name: string]: TensorData }): { [term: string]: number } {
  const terms: { [name: string]: number } = {};
  for (const [name, value] of Object.entries(out)) if (name === "total" || name.startsWith("term:")) terms[name.replace(/^term:/, "")] = value.data[0]!;
  return terms;
}

/** Values that the step reads but never changes; those that depend on the jitter offset are stacked in its order. */
export async function invariants(region: LossRegion, programs: StepPrograms, key: string, context: Pick<DescentContext, "compile">): Promise<{ [name: string]: TensorData }> {
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

export const intScalar = (value: number): TensorData => ({ dtype: "int32", shape: [], data: Int32Array.of(value) });

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
