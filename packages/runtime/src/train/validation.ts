/** What the network says to the examples that are held out, measured. */
import type { Executable } from "../backends/backend.ts";
import { allocate, sizeOf, type TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { Feed, TrainOptions } from "../node-api/node.ts";

export interface Validator {
  /** Reads `params` and the batch, gives `predictions`. */
  executable: Executable;
  /** The names of the program's inputs. */
  reads: readonly string[];
  /** What it reads beside batch and weights. */
  still: { readonly [name: string]: TensorData };
  /** The feed's node id. */
  feed: string;
}

/** The metrics with these weights; `null` where nothing is held out. Throws NodeFailure where predictions are not one row an example. */
export async function validate(validator: Validator, feed: Feed, params: TensorData, { metrics, ofExamples }: Required<Pick<TrainOptions, "metrics">> & Pick<TrainOptions, "ofExamples">): Promise<{ [name: string]: number } | null> {
  const said: TensorData[] = [];
  const beside = new Map<string, TensorData[]>();
  for (const { values, rows } of (ofExamples && feed.heldOutExamples?.()) || feed.heldOut()) {
    const given: { [name: string]: TensorData } = { params };
    for (const name of validator.reads) if (name !== "params") given[name] = validator.still[name] ?? values[name.slice(validator.feed.length + 1)]!;
    const { predictions } = await validator.executable.run(given);
    const first = Object.values(values)[0]!.shape[0];
    if (!predictions || predictions.shape[0] !== first)
      throw new NodeFailure("predictions-not-rows", `A batch has ${first} examples, and the predictions are [${predictions?.shape ?? []}]: connect what gives one row an example.`);
    said.push(rowsOf(predictions, rows));
    // Labels and the like; whole pictures and tables of triplets are of no use to a metric.
    for (const [port, t] of Object.entries(values)) if (t.shape[0] === first && t.shape.length <= 2) beside.set(port, [...(beside.get(port) ?? []), rowsOf(t, rows)]);
  }
  if (!said.length) return null;
  const found = metrics(joined(said), Object.fromEntries([...beside].map(([port, parts]) => [port, joined(parts)])));
  // As they are kept in a checkpoint, so that a resumed training compares the same numbers.
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Math.fround(value)]));
}

const rowsOf = (t: TensorData, rows: number): TensorData => ({ dtype: t.dtype, shape: [rows, ...t.shape.slice(1)], data: t.data.subarray(0, rows * sizeOf(t.shape.slice(1))) });

function joined(parts: readonly TensorData[]): TensorData {
  const [first] = parts as [TensorData];
  const data = allocate(first.dtype, parts.reduce((n, p) => n + p.data.length, 0));
  let at = 0;
  for (const p of parts) {
    data.set(p.data, at);
    at += p.data.length;
  }
  return { dtype: first.dtype, shape: [parts.reduce((n, p) => n + p.shape[0]!, 0), ...first.shape.slice(1)], data };
}

