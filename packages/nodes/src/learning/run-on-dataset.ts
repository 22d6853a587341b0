/** Runs something over the examples of a dataset, a batch at a time, so that thousands of them need no more memory than a few. */
import { float32, sizeOf, type Builder, type DatasetValue, type EvaluateContext, type NetworkValue, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { openNetwork, writeNetwork } from "@patchbay/runtime/networks";
import { runWhole } from "../networks/file-network.ts";
import { rowsOf } from "./augment.ts";
import { inBatches } from "./draws.ts";

const AT_ONCE = 32;

type Context = Pick<EvaluateContext, "compute" | "runOnnx" | "progress" | "signal">;

/** The results of `each` on batches of at most 32 examples, one after another; what fills up the last batch is left out. */
async function inParts(context: Context, dataset: DatasetValue, indices: readonly number[], note: string, each: (batch: TensorData) => Promise<TensorData>): Promise<TensorData> {
  const size = Math.min(AT_ONCE, indices.length);
  let all: Float32Array | undefined;
  let shape: readonly number[] = [];
  let done = 0;
  for (const { indices: some, rows } of inBatches(indices, size)) {
    context.signal?.throwIfAborted();
    const part = await each(float32([size, ...dataset.example], rowsOf(dataset, some)));
    shape = part.shape.slice(1);
    const width = sizeOf(shape);
    all ??= new Float32Array(indices.length * width);
    all.set((part.data as Float32Array).subarray(0, rows * width), done * width);
    done += rows;
    context.progress({ step: done, of: indices.length, note });
  }
  return float32([indices.length, ...shape], all ?? new Float32Array(0));
}

/** As IR: `build` writes what becomes of a batch; `key` tells it from others of the node. */
export const computeOnDataset = (context: Context, dataset: DatasetValue, indices: readonly number[], note: string, key: string, build: (b: Builder, x: Value) => Value): Promise<TensorData> =>
  inParts(context, dataset, indices, note, async (x) => (await context.compute(key, { x }, (b, inputs) => ({ y: build(b, inputs["x"]!) })))["y"]!);

/** What a network gives for the examples at `indices`, `[indices.length, …]`. Throws NodeFailure for examples that it does not take. */
export function runOnDataset(context: Context, network: NetworkValue, dataset: DatasetValue, indices: readonly number[], note: string): Promise<TensorData> {
  if (openNetwork(network).opaque !== null) return inParts(context, dataset, indices, note, (x) => runWhole(context, network, x));
  return computeOnDataset(context, dataset, indices, note, `network|${network.network}|${network.output}`, (b, x) => writeNetwork(b, network, x, [network.output]).get(network.output)!);
}
