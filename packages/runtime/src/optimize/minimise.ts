/** An optimisation from its start to its result: octave after octave, each at its size, as a whole or in tiles. */
import { sameShape, sizeOf, type TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import { tensorValue, type ImagesValue, type SeriesValue, type TensorValue } from "../node-api/values.ts";
import { Course, type OptimiserState, type Told } from "./course.ts";
import { descend, type Arrival, type DescentContext } from "./descend.ts";
import type { LossRegion } from "./loss-region.ts";
import { octavesOf, type Octave } from "./octaves.ts";
import { resamplePicture } from "./resample.ts";
import { carriedShapes } from "./step-programs.ts";
import { atSize, findStills, regionOf, type Stills } from "./stills.ts";
import { paintTiles } from "./tiles.ts";

export { invariants, pick, toImage, zeros } from "./descend.ts";
export type { OptimiserState } from "./course.ts";

export interface MinimiseResult {
  image: TensorValue;
  losses: SeriesValue;
  /** The pictures that were kept on the way, each as large as its octave. */
  frames: ImagesValue;
  state: OptimiserState;
  /** The signal stopped it before its last step: `image` is the one with the lowest loss so far, `state` the latest. */
  interrupted: boolean;
  /** Milliseconds of each step, compiling left out. */
  stepTimes: readonly number[];
}

export interface MinimiseContext extends DescentContext, Told {
  resume?: OptimiserState;
  /** What the picture starts as, instead of the drawing's own start; both `[1,H,W,3]`. */
  start?(drawn: TensorData): TensorData;
}

/** @throws NodeFailure where `resume` is the state of another optimisation. */
export async function minimise(region: LossRegion, options: MinimiseOptions, context: MinimiseContext): Promise<MinimiseResult> {
  const { resume } = context;
  const course = new Course(options, context, resume);
  course.tell({ note: "Compiling the optimisation step" });
  const octaves = octavesOf(region.height, region.width, options);
  const isTiled = ({ height, width }: Octave) => (options.tile ?? 0) > 0 && Math.max(height, width) > options.tile!;
  // As drawn, where nothing asks for more: one size, as a whole, from the drawing's start.
  const stills = octaves.length > 1 || isTiled(octaves[0]!) || context.start ? await findStills(region, (key, build) => context.compile(key, build)) : undefined;
  if (resume) refuseUnfit(resume, octaves, stills, isTiled, options);

  let start = resume?.octave?.start ?? (context.start && resamplePicture(context.start(stills!.start), octaves[0]!.height, octaves[0]!.width));
  let arrival: Arrival | undefined;
  for (let index = resume?.octave?.index ?? 0; index < octaves.length && arrival?.ended !== "stopped"; index++) {
    const octave = octaves[index]!;
    const goesOn = resume !== undefined && index === (resume.octave?.index ?? 0);
    const began = goesOn ? (resume.octave?.began ?? 0) : course.step;
    const until = began + octave.steps;
    const later = octaves.slice(index + 1);
    const next = later[0];
    const own = ownOptions(options, octave);
    course.enter({
      of: until + later.reduce((n, o) => n + o.steps, 0),
      after: later.reduce((n, o) => n + (o.steps * o.height * o.width) / (octave.height * octave.width), 0),
      note: octaves.length > 1 ? `Octave ${index + 1} of ${octaves.length}, ${octave.width}×${octave.height} px` : undefined,
    });
    const sized = stills && withStart(atSize(stills, octave.height, octave.width), start);
    const place = sized && { index, began, start: sized.start };
    const leg = { began, until, settles: (octaves.length > 1 || context.start !== undefined) && !next, ...(goesOn ? { carried: resume.carried, ...(resume.tiles ? { tiles: resume.tiles } : {}) } : {}), ...(place ? { octave: place } : {}) };
    arrival = sized && isTiled(octave) ? await paintTiles({ ...leg, region, stills: sized, side: options.tile! }, course, own, context) : await descend({ ...leg, region: sized ? regionOf(region, sized) : region }, course, own, context);
    if (arrival.ended === "plateau") {
      course.of -= until - course.step;
      course.tell({ note: `No further than ${options.plateau} % in ${options.plateauSteps} steps: ${later.length ? "on to the next octave" : `stopped at step ${course.step}`}` });
    }
    if (next && arrival.ended !== "stopped") start = resamplePicture(arrival.picture, next.height, next.width);
  }
  const { picture, state, ended } = arrival!;
  return {
    image: tensorValue(resamplePicture(picture, region.height, region.width)),
    losses: {
      kind: "series",
      x: { name: "step", values: Array.from({ length: course.step }, (_, i) => i + 1) },
      curves: Object.entries(course.losses).map(([name, values]) => ({ name, values })),
    },
    frames: { kind: "images", items: course.frames },
    state: { step: course.step, losses: course.losses, ...state },
    interrupted: ended === "stopped",
    stepTimes: course.stepTimes,
  };
}

/** A smaller picture has fewer levels, so that the coarsest is the same for all. */
const ownOptions = (options: MinimiseOptions, { finer }: Octave): MinimiseOptions => (finer ? { ...options, levels: Math.max(1, options.levels - finer) } : options);

const withStart = (stills: Stills, start: TensorData | undefined): Stills => (start ? { ...stills, start } : stills);

function refuseUnfit(resume: OptimiserState, octaves: readonly Octave[], stills: Stills | undefined, isTiled: (o: Octave) => boolean, options: MinimiseOptions): void {
  const unfit = resumeProblem(resume, octaves, stills, isTiled, options);
  if (unfit) throw new NodeFailure("resume-mismatch", `The optimisation cannot go on from the state that was given: ${unfit}`);
}

/** A state comes from outside, where it may have been mixed up or saved as JSON, which has no arrays of floats. */
function resumeProblem(state: OptimiserState, octaves: readonly Octave[], stills: Stills | undefined, isTiled: (o: Octave) => boolean, options: MinimiseOptions): string | null {
  if (!Number.isInteger(state.step) || state.step < 0 || typeof state.carried !== "object" || state.carried === null) return "it is not one that an optimiser gave.";
  if (Boolean(state.octave) !== Boolean(stills)) return state.octave ? "it comes from a run in octaves or tiles, or with another start." : "it comes from a run without octaves and tiles.";
  const octave = octaves[state.octave?.index ?? 0];
  if (!octave) return `it comes from octave ${state.octave!.index + 1}, and there are ${octaves.length}.`;
  const wrong = Object.values(state.losses ?? {}).some((values) => !Array.isArray(values) || values.length !== state.step);
  if (wrong) return `its losses do not belong to ${state.step} steps.`;
  const { octave: place } = state;
  if (place && (!Number.isInteger(place.began) || place.began < 0 || place.began > state.step)) return "it is not one that an optimiser gave.";
  const picture = [1, octave.height, octave.width, 3];
  const needed = place ? tensorProblem("start", place.start, picture) : null;
  if (needed) return needed;
  const tiled = isTiled(octave);
  if (tiled !== (Object.keys(state.carried).length === 0)) return tiled ? "it comes from a run without tiles." : "it comes from a run in tiles.";
  if (tiled) return null;
  for (const [name, shape] of Object.entries(carriedShapes(octave, ownOptions(options, octave)))) {
    const problem = tensorProblem(name, state.carried[name], shape);
    if (problem) return problem;
  }
  return null;
}

function tensorProblem(name: string, found: TensorData | undefined, shape: readonly number[]): string | null {
  if (!found) return `it has no “${name}”; it comes from another method.`;
  if (!(found.data instanceof Float32Array)) return `“${name}” holds no Float32Array; states can be cloned, but not written as JSON.`;
  if (!sameShape(found.shape, shape) || found.data.length !== sizeOf(shape)) return `“${name}” has ${found.data.length} numbers, and ${sizeOf(shape)} are needed; it comes from a picture of another size, or from another parametrisation.`;
  return null;
}
