/** Child process: steps of one training on one batch, their pace and last loss. */
import { readFile } from "node:fs/promises";
import { BACKENDS } from "@patchbay/runtime/backends";
import { float32, type TensorData } from "@patchbay/runtime/ir";
import { answer, childSettings } from "../child.ts";
import { median } from "../rounds.ts";
import { batchShape, trainingStep, type TrainingNet } from "../training-net.ts";

export interface TrainingStepSettings {
  net: TrainingNet;
  /** Raw float32: the batch, channels last, and the start of the parameters. */
  batchFile: string;
  paramsFile: string;
  steps: number;
  threads: number;
}

export interface TrainingStepResult {
  /** Median without the first three steps. */
  seconds_per_step: number;
  /** The loss that the last step started from. */
  last: number;
}

const { net, batchFile, paramsFile, steps, threads } = childSettings<TrainingStepSettings>();
const floats = async (file: string): Promise<Float32Array> => new Float32Array(new Uint8Array(await readFile(file)).buffer);
const x = float32(batchShape(net), await floats(batchFile));
const start = await floats(paramsFile);
const zeros = float32([start.length], new Float32Array(start.length));
const program = await (await BACKENDS["onnx-native"]()).compile(trainingStep(net), { threads });
let state: { readonly [name: string]: TensorData } = { params: float32([start.length], start), m: zeros, v: zeros };
const times: number[] = [];
let last = NaN;
for (let step = 0; step < steps; step++) {
  const began = performance.now();
  const { loss, ...next } = await program.run({ x, step: float32([], [step]), ...state });
  times.push(performance.now() - began);
  state = next;
  last = loss!.data[0]!;
}
await program.dispose();
answer({ seconds_per_step: median(times.slice(3)) / 1000, last } satisfies TrainingStepResult);
