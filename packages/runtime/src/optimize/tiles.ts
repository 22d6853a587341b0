/**
 * Paints a picture in tiles, for pictures whose activations would not fit into memory. Each round lays a new grid; each tile
 * goes on a few steps from the picture as its neighbours have left it, and is blended in over its margins. What is
 * compared place by place (content, masks) is cut out with the tile; a style counts whole, for every tile.
 */
import type { TensorData } from "../ir/tensor.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import type { ImageValue } from "../node-api/values.ts";
import type { Course, OptimiserState } from "./course.ts";
import { intScalar, pick, programKey, settling, termsOf, toImage, zeros, type Arrival, type DescentContext, type Leg } from "./descend.ts";
import type { LossRegion } from "./loss-region.ts";
import { isPlateau } from "./plateau.ts";
import { resamplePicture } from "./resample.ts";
import { dependents, restrict, stepPrograms } from "./step-programs.ts";
import { inWindow, regionOf, type Stills } from "./stills.ts";
import { tilesOf, weights, type TileWindow } from "./tile-grid.ts";
import { createTurns } from "./turn.ts";

/** Steps of a tile before its neighbours go on: enough for the optimiser to find its pace, few enough for them to agree. */
const ROUND = 10;

/** Longest side of a picture that is shown on the way: a large one would cost more than it tells. */
const SHOWN = 1024;

export interface TiledLeg extends Omit<Leg, "region" | "carried"> {
  /** At full size, as drawn. */
  region: LossRegion;
  /** At the size that is painted; `start` is where it goes on from. */
  stills: Stills;
  side: number;
  tiles?: OptimiserState["tiles"];
}

export async function paintTiles(leg: TiledLeg, course: Course, options: MinimiseOptions, context: DescentContext): Promise<Arrival> {
  const { began, until, side } = leg;
  const [, height, width] = leg.stills.start.shape as [number, number, number, number];
  const picture: TensorData = { ...leg.stills.start, data: leg.stills.start.data.slice() };
  const stills: Stills = { ...leg.stills, start: picture };
  const tile = await tilePainter(leg.region, stills, side, options, context);
  let { done, sums } = leg.tiles ? { done: leg.tiles.done, sums: unfolded(leg.tiles.sums) } : { done: 0, sums: [] as { [term: string]: number }[] };
  const octave = (start: TensorData) => ({ ...leg.octave!, start });
  const stateOf = (start: TensorData) => ({ carried: {}, octave: octave(start), ...(done ? { tiles: { done, sums: folded(sums) } } : {}) });
  const note = course.note;
  const turns = createTurns();
  let ended: Arrival["ended"] = "done";
  while (course.step < until && ended === "done") {
    const steps = Math.min(ROUND, until - course.step);
    const windows = tilesOf(height, width, side, Math.floor((course.step - began) / ROUND), options.seed);
    const started = performance.now();
    for (; done < windows.length; done++) {
      course.note = [note, `tile ${done + 1} of ${windows.length}`].filter(Boolean).join(", ");
      course.tell({});
      const terms = await tile(windows[done]!, steps, settling((course.step - began) / (until - began)));
      if (!terms) {
        ended = "stopped";
        break;
      }
      terms.forEach((t, i) => (sums[i] = added(sums[i], t)));
      await turns();
    }
    if (ended === "stopped") break;
    const means = sums.map((s) => Object.fromEntries(Object.entries(s).map(([term, sum]) => [term, sum / windows.length])));
    [done, sums] = [0, []];
    // The picture goes on changing in place: what is handed out is a copy.
    await course.done(means, performance.now() - started, until, async () => shown(picture), () => stateOf({ ...picture, data: picture.data.slice() }));
    if (course.step < until && isPlateau(course.losses["total"]!.slice(began), { improvement: options.plateau ?? 0, steps: options.plateauSteps ?? 0 })) ended = "plateau";
    if (context.signal?.aborted && course.step < until) ended = "stopped";
  }
  course.note = note;
  return { ended, picture, state: stateOf(picture) };
}

/** Goes some steps with one tile and blends it into the picture; nothing changes where the signal stops it. */
async function tilePainter(region: LossRegion, stills: Stills, side: number, options: MinimiseOptions, context: DescentContext) {
  const [, height, width] = stills.start.shape as [number, number, number, number];
  // The grid itself moves: a jitter would only have every tile's content looked at eight times.
  const own = { ...options, jitter: 0 };
  const rate = options.method !== "l-bfgs";
  const sample = regionOf(region, inWindow(stills, { top: 0, left: 0, height: Math.min(side, height), width: Math.min(side, width) }));
  const key = `${programKey(sample, own)}|tile`;
  const programs = context.remember(`step:${key}`, () => {
    const made = stepPrograms(sample, own, { rate });
    const moving = ["start", ...stills.pictures.flatMap(({ aligned }, i) => (aligned ? [`picture:${i}`] : []))];
    const perTile = made.fixed ? dependents(made.fixed, moving) : new Set<number>();
    return { ...made, once: made.fixed && restrict(made.fixed, (o) => !perTile.has(o.value)), each: made.fixed && restrict(made.fixed, (o) => perTile.has(o.value)) };
  });
  const { step, picture: paint, once, each } = programs;
  const [stepper, painter] = [await context.compile(`${key}|step`, () => step), await context.compile(`${key}|picture`, () => paint)];
  // Of the style: the same for every tile.
  const always = once ? await (await context.compile(`${key}|once`, () => once)).run(pick(sample.frontier, once)) : {};
  const preparer = each && (await context.compile(`${key}|each`, () => each));

  return async (window: TileWindow, steps: number, share: number): Promise<{ [term: string]: number }[] | null> => {
    const { frontier } = regionOf(region, inWindow(stills, window));
    const still = { ...frontier, ...always, ...(preparer && each ? await preparer.run(pick(frontier, each)) : {}) };
    const rates: TensorData = { dtype: "float32", shape: [], data: Float32Array.of(options.learningRate * share) };
    let carried = zeros(programs.carried);
    const terms: { [term: string]: number }[] = [];
    for (let i = 0; i < steps; i++) {
      if (context.signal?.aborted) return null;
      const out = await stepper.run(pick({ ...still, ...carried, rate: rates, step: intScalar(i) }, step));
      carried = Object.fromEntries(Object.keys(programs.carried).map((name) => [name, out[name]!]));
      terms.push(termsOf(out));
    }
    const { picture } = await painter.run(pick({ ...frontier, params: carried.params! }, paint));
    blend(stills.start, picture!, window);
    return terms;
  };
}

function blend(picture: TensorData, tile: TensorData, { top, left, height, width }: TileWindow): void {
  const [, fullHeight, fullWidth] = picture.shape as [number, number, number, number];
  const [down, across] = [weights(top, height, fullHeight), weights(left, width, fullWidth)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const weight = down[y]! * across[x]!;
      const [from, to] = [(y * width + x) * 3, ((top + y) * fullWidth + left + x) * 3];
      for (let c = 0; c < 3; c++) picture.data[to + c]! += weight * (tile.data[from + c]! - picture.data[to + c]!);
    }
}

function shown(picture: TensorData): ImageValue {
  const [, height, width] = picture.shape as [number, number, number, number];
  const scale = Math.min(1, SHOWN / Math.max(height, width));
  return toImage(resamplePicture(picture, Math.round(height * scale), Math.round(width * scale)));
}

type Terms = { [term: string]: number };

const added = (sum: Terms | undefined, terms: Terms): Terms => Object.fromEntries(Object.entries(terms).map(([term, value]) => [term, (sum?.[term] ?? 0) + value]));

const folded = (sums: readonly Terms[]): { [term: string]: number[] } => Object.fromEntries(Object.keys(sums[0] ?? {}).map((term) => [term, sums.map((s) => s[term]!)]));

const unfolded = (sums: { readonly [term: string]: readonly number[] }): Terms[] => {
  const terms = Object.entries(sums);
  return Array.from({ length: terms[0]?.[1].length ?? 0 }, (_, i) => Object.fromEntries(terms.map(([term, values]) => [term, values[i]!])));
};
