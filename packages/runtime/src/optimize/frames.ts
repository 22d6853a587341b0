/** A list of pictures, optimised one after the other: each starts from the result before it, where nothing has changed, and needs fewer steps. */
import type { TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import type { ImageValue } from "../node-api/values.ts";
import { toImage } from "./descend.ts";
import type { LossRegion } from "./loss-region.ts";
import { minimise, type MinimiseContext, type MinimiseResult } from "./minimise.ts";

/** A difference of two frames, in 0…1, from which on a place counts as changed; below it in proportion. */
const CHANGED = 0.15;

/** Steps of all frames together. */
export const stepsOf = (count: number, { steps, frameSteps = steps }: Pick<MinimiseOptions, "steps" | "frameSteps">): number => steps + (count - 1) * frameSteps;

/**
 * `at` does something with the drawing as it is with frame `i`. The result is the last picture, all of them as `frames`, and the
 * losses of all steps in a row. @throws NodeFailure for an empty list, and where it should go on from a state.
 */
export async function minimiseFrames(
  count: number,
  at: <T>(i: number, work: (region: LossRegion) => Promise<T>) => Promise<T>,
  options: MinimiseOptions,
  context: MinimiseContext,
): Promise<MinimiseResult> {
  if (count === 0) throw new NodeFailure("no-frames", "The list of frames is empty.");
  if (context.resume) throw new NodeFailure("resume-mismatch", "A run through frames cannot go on from a state; start at a later frame instead.");
  const of = stepsOf(count, options);
  const frames: { name: string; image: ImageValue }[] = [];
  const losses = new Map<string, number[]>();
  const stepTimes: number[] = [];
  let before: { result: TensorData; start: TensorData } | undefined;
  let [done, saved] = [0, 0];
  for (let i = 0; ; i++) {
    const steps = i === 0 ? options.steps : (options.frameSteps ?? options.steps);
    let drawn: TensorData | undefined;
    const previous = before;
    const { checkpoint: _states, ...rest } = context;
    const result: MinimiseResult = await at(i, (region) =>
      minimise(region, { ...options, steps, keepEvery: 0 }, {
        ...rest,
        progress: ({ left, note, ...event }) =>
          context.progress({
            ...event, step: done + event.step, of: of - saved, left: (left ?? event.of - event.step) + (count - 1 - i) * (options.frameSteps ?? options.steps),
            note: [`Frame ${i + 1} of ${count}`, note].filter(Boolean).join(", "),
          }),
        start(start) {
          drawn = start;
          return previous ? carried(previous.result, previous.start, start, options.carry ?? 1) : start;
        },
      }),
    );
    done += result.state.step;
    saved += steps - result.state.step;
    for (const { name, values } of result.losses.curves) losses.set(name, [...(losses.get(name) ?? []), ...values]);
    stepTimes.push(...result.stepTimes);
    frames.push({ name: `Frame ${i + 1}`, image: toImage(result.image) });
    before = { result: result.image, start: drawn! };
    if (i + 1 < count && !result.interrupted) continue;
    return {
      ...result,
      frames: { kind: "images", items: frames },
      losses: { kind: "series", x: { name: "step", values: Array.from({ length: done }, (_, k) => k + 1) }, curves: [...losses].map(([name, values]) => ({ name, values })) },
      state: { ...result.state, step: done },
      stepTimes,
    };
  }
}

/** The previous result where the frame is as it was, and the frame itself where it has changed. */
function carried(result: TensorData, before: TensorData, now: TensorData, share: number): TensorData {
  if (before.data.length !== now.data.length || before.shape[1] !== now.shape[1]) throw new NodeFailure("frames-differ", `The frames differ in size: ${before.shape[2]}×${before.shape[1]} px, then ${now.shape[2]}×${now.shape[1]} px. Resize them all to one size.`);
  const data = new Float32Array(now.data.length);
  for (let p = 0; p < data.length; p += 3) {
    const change = Math.max(...[0, 1, 2].map((c) => Math.abs(now.data[p + c]! - before.data[p + c]!)));
    const kept = share * Math.max(0, 1 - change / CHANGED);
    for (let c = p; c < p + 3; c++) data[c] = kept * result.data[c]! + (1 - kept) * now.data[c]!;
  }
  return { dtype: "float32", shape: now.shape, data };
}
