/**
 * The still pictures of an optimisation (content, style, masks, the start), taken where the drawing takes them in, so that the
 * same drawing can be optimised at another size, or on a part of the picture.
 */
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import type { Executable } from "../backends/backend.ts";
import { NodeFailure } from "../node-api/host.ts";
import { optimise } from "../passes/index.ts";
import type { LossRegion } from "./loss-region.ts";
import { cutOut, resamplePicture } from "./resample.ts";

export interface Stills {
  /** What the picture is before the first step, `[1,H,W,3]`. */
  readonly start: TensorData;
  /** Each different picture once. */
  readonly pictures: readonly { readonly tensor: TensorData; readonly aligned: boolean }[];
  /** By the name of each entrance, which of `pictures` it takes. */
  readonly slots: ReadonlyMap<string, number>;
  /** What else flows into the loss, such as numbers. */
  readonly rest: { readonly [name: string]: TensorData };
}

interface Window {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** Networks that look for edges need a picture that has some. */
const SMALLEST = 32;

type Values = { [name: string]: Value };

/** Values of the drawing's pictures at full size. What is a picture from outside already is taken as it is. */
export async function findStills(region: LossRegion, compile: (key: string, build: () => Program) => Promise<Executable>): Promise<Stills> {
  const b = new Builder();
  const frontier: Values = Object.fromEntries(Object.entries(region.frontier).map(([name, t]) => [name, b.input(name, t)]));
  const start = region.start(b, frontier);
  const found: { value: Value; aligned: boolean }[] = [];
  const slots = new Map<string, number>();
  region.loss(b, frontier, start, undefined, (value, { name, aligned }) => {
    let slot = found.findIndex((f) => f.value.id === value.id && f.aligned === aligned);
    if (slot < 0) slot = found.push({ value, aligned }) - 1;
    slots.set(name, slot);
    return value;
  });
  const outside = new Map(Object.entries(frontier).map(([name, value]) => [value.id, region.frontier[name]!]));
  const wanted = new Map([start, ...found.map((f) => f.value)].filter((v) => !outside.has(v.id)).map((v) => [`picture:${v.id}`, v]));
  if (wanted.size) {
    const program = withUsedInputs(optimise(b.build(Object.fromEntries(wanted))));
    const executable = await compile(`${region.key}|stills`, () => program);
    const made = await executable.run(Object.fromEntries(program.inputs.map(({ name }) => [name, region.frontier[name]!])));
    for (const [name, v] of wanted) outside.set(v.id, made[name]!);
  }
  return { start: outside.get(start.id)!, pictures: found.map(({ value, aligned }) => ({ tensor: outside.get(value.id)!, aligned })), slots, rest: restOf(region, slots) };
}

/** The part of the frontier that the loss still reads when its pictures are given. */
function restOf(region: LossRegion, slots: Stills["slots"]): { [name: string]: TensorData } {
  const b = new Builder();
  const frontier: Values = Object.fromEntries(Object.entries(region.frontier).map(([name, t]) => [name, b.input(name, t)]));
  const picture = b.input("picture:generated", { dtype: "float32", shape: [1, region.height, region.width, 3] });
  const { loss } = region.loss(b, frontier, picture, undefined, (value, { name }) => (slots.has(name) ? b.input(`entrance:${name}`, value) : value));
  const { inputs } = withUsedInputs(optimise(b.build({ loss })));
  return Object.fromEntries(inputs.flatMap(({ name }) => (name in region.frontier ? [[name, region.frontier[name]!]] : [])));
}

function withUsedInputs(program: Program): Program {
  const used = new Set([...program.equations.flatMap((e) => e.inputs), ...program.outputs.map((o) => o.value)]);
  return { ...program, inputs: program.inputs.filter((i) => used.has(i.value)) };
}

/** The same pictures with another size of the generated one; all others shrink with it, so that strokes and things keep their proportions. */
export function atSize(stills: Stills, height: number, width: number): Stills {
  const [, fullHeight, fullWidth] = stills.start.shape as [number, number, number, number];
  const resized = (t: TensorData): TensorData => {
    const [, h, w] = t.shape as [number, number, number, number];
    if (h === fullHeight && w === fullWidth) return resamplePicture(t, height, width);
    const scale = Math.max(Math.sqrt((height * width) / (fullHeight * fullWidth)), Math.min(1, SMALLEST / Math.min(h, w)));
    return resamplePicture(t, Math.round(h * scale), Math.round(w * scale));
  };
  return { ...stills, start: resized(stills.start), pictures: stills.pictures.map((p) => ({ ...p, tensor: resized(p.tensor) })) };
}

/** A part of the generated picture, and the same part of every picture that lies on it. */
export function inWindow(stills: Stills, { top, left, height, width }: Window): Stills {
  const [, fullHeight, fullWidth] = stills.start.shape as [number, number, number, number];
  const cut = (t: TensorData): TensorData => {
    if (t.shape[1] !== fullHeight || t.shape[2] !== fullWidth)
      throw new NodeFailure("tiles-misfit", `A picture of ${t.shape[2]}×${t.shape[1]} px is compared place by place with the generated one of ${fullWidth}×${fullHeight} px: tiles can be cut only where both have the same size.`, { param: "tile" });
    return cutOut(t, top, left, height, width);
  };
  return { ...stills, start: cut(stills.start), pictures: stills.pictures.map((p) => (p.aligned ? { ...p, tensor: cut(p.tensor) } : p)) };
}

/** The drawing with these pictures in the place of its own. @throws NodeFailure where it does not fit together at their size. */
export function regionOf(region: LossRegion, stills: Stills): LossRegion {
  const frontier: { [name: string]: TensorData } = { start: stills.start, ...stills.rest };
  stills.pictures.forEach(({ tensor }, i) => (frontier[`picture:${i}`] = tensor));
  const [, height, width] = stills.start.shape as [number, number, number, number];
  return {
    variable: region.variable,
    height,
    width,
    frontier,
    key: `${region.key}|${Object.entries(frontier).map(([name, t]) => `${name}:${t.shape}`).join(",")}`,
    start: (_b, values) => values["start"]!,
    loss(b, values, picture, shift) {
      // What lies before the entrances is written as well, and falls away unread.
      const before: Values = Object.fromEntries(Object.entries(region.frontier).map(([name, t]) => [name, values[name] ?? b.broadcast(b.scalar(0, t.dtype), t.shape)]));
      try {
        return region.loss(b, before, picture, shift, (_value, { name }) => values[`picture:${stills.slots.get(name)!}`]!);
      } catch (cause) {
        if (height === region.height && width === region.width) throw cause;
        const why = cause instanceof Error ? ` (${cause.message})` : "";
        throw new NodeFailure("octaves-misfit", `What lies between the pictures and the loss cannot be computed at ${width}×${height} px as well as at ${region.width}×${region.height} px${why}. Set octaves to 1 and tile to 0.`, { cause, param: "octaves" });
      }
    },
  };
}
