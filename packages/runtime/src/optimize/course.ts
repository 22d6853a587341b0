/** What an optimisation has done so far, and how it tells: terms, previews, kept pictures, states to go on from. */
import type { TensorData } from "../ir/tensor.ts";
import type { MinimiseOptions, NodeProgress } from "../node-api/node.ts";
import type { ImageValue } from "../node-api/values.ts";

/** Everything that continuing needs: plain data, fit for structured cloning. */
export interface OptimiserState {
  /** Steps done. */
  readonly step: number;
  /** `params` and `state.*`; nothing where a picture is painted in tiles. */
  readonly carried: { readonly [name: string]: TensorData };
  readonly losses: { readonly [term: string]: readonly number[] };
  /** Where there are several octaves, or tiles: which octave, after how many steps it began, and the picture `[1,h,w,3]` that its parameters change. */
  readonly octave?: { readonly index: number; readonly began: number; readonly start: TensorData };
  /** Within a round of tiles: how many are done, and the sums of their terms, step by step. */
  readonly tiles?: { readonly done: number; readonly sums: { readonly [term: string]: readonly number[] } };
}

export interface Told {
  progress(event: NodeProgress): void;
  /** At each preview, what `resume` needs to go on from there. It holds copies of the lists, and arrays that no later step changes. */
  checkpoint?(state: OptimiserState): void;
}

/** Milliseconds without a preview after which one is shown out of turn. */
const SLOW = 2000;

export class Course {
  step: number;
  of: number;
  /** Steps that come after the present octave, weighed by the size of its picture. */
  after = 0;
  /** Where the present octave is, when there are several. */
  note: string | undefined;
  /** How many steps had been timed when the present octave began. */
  #timed = 0;
  readonly losses: { [term: string]: number[] };
  /** Milliseconds of each step, compiling left out. */
  readonly stepTimes: number[] = [];
  readonly frames: { name: string; image: ImageValue }[] = [];
  readonly #options: MinimiseOptions;
  readonly #told: Told;
  #shown = performance.now();

  constructor(options: MinimiseOptions, told: Told, from: OptimiserState | undefined) {
    [this.#options, this.#told] = [options, told];
    this.step = from?.step ?? 0;
    this.of = options.steps;
    this.losses = copied(from?.losses ?? {});
  }

  /** Adds the terms of steps that were just done; the last of them is told, with a preview where one is due. */
  async done(steps: readonly { readonly [term: string]: number }[], milliseconds: number, octaveEnd: number, picture: () => Promise<ImageValue>, state: () => Omit<OptimiserState, "step" | "losses">): Promise<void> {
    const { previewEvery, keepEvery = 0 } = this.#options;
    const before = this.step;
    for (const terms of steps) {
      for (const [term, value] of Object.entries(terms)) (this.losses[term] ??= []).push(value);
      this.stepTimes.push(milliseconds / steps.length);
    }
    this.step += steps.length;
    const passes = (every: number) => every > 0 && Math.floor(this.step / every) > Math.floor(before / every);
    // Slow steps are shown more often than was asked for: somebody waits for the first picture, and for what a stop keeps.
    const show = this.step < this.of && (passes(previewEvery) || this.stepTimes.length === steps.length || performance.now() - this.#shown > SLOW);
    const keep = passes(keepEvery) || (keepEvery > 0 && this.step === this.of);
    const image = show || keep ? await picture() : undefined;
    if (show) this.#shown = performance.now();
    if (keep) this.frames.push({ name: `Step ${this.step}`, image: image! });
    const recent = this.stepTimes.slice(Math.max(this.#timed, this.stepTimes.length - 15)).sort((a, b) => a - b);
    this.tell({ terms: steps.at(-1)!, ...(this.note === undefined ? {} : { secondsPerStep: recent[recent.length >> 1]! / 1000, left: octaveEnd - this.step + this.after }), ...(show ? { preview: image! } : {}) });
    if (show) this.#told.checkpoint?.({ step: this.step, losses: copied(this.losses), ...state() });
  }

  /** From here on steps take another time. */
  enter(octave: { note: string | undefined; of: number; after: number }): void {
    Object.assign(this, octave);
    this.#timed = this.stepTimes.length;
  }

  tell(event: Omit<NodeProgress, "step" | "of">): void {
    this.#told.progress({ step: this.step, of: this.of, ...(this.note === undefined ? {} : { note: this.note }), ...event });
  }
}

export const copied = (losses: { readonly [term: string]: readonly number[] }): { [term: string]: number[] } => Object.fromEntries(Object.entries(losses).map(([term, values]) => [term, [...values]]));
