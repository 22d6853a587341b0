/** A compiled program in an onnxruntime session: the same wrapper for the native library and for WebAssembly or WebGPU. */
import type { InferenceSession, Tensor } from "onnxruntime-common";
import type { OnnxModel } from "../../onnx/index.ts";
import type { Program } from "../../ir/program.ts";
import { sameShape, type StaticType, type TensorArray, type TensorData } from "../../ir/tensor.ts";
import type { Executable } from "../backend.ts";

/** What of an onnxruntime package is used here; onnxruntime-node and onnxruntime-web both offer it. */
export interface OrtModule {
  readonly InferenceSession: typeof import("onnxruntime-common").InferenceSession;
  readonly Tensor: typeof import("onnxruntime-common").Tensor;
  readonly env: typeof import("onnxruntime-common").env;
}

/** Runs a task when those before it are done; WebAssembly sessions of one module must not overlap. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>;

export const atOnce: Turns = (task) => task();

export function oneAfterAnother(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(task, task);
    last = turn.catch(() => undefined);
    return turn;
  };
}

export class OnnxExecutable implements Executable {
  readonly #ort: OrtModule;
  readonly #model: OnnxModel;
  readonly #program: Program;
  readonly #turns: Turns;
  #session: InferenceSession | undefined;

  constructor(ort: OrtModule, session: InferenceSession, program: Program, model: OnnxModel, turns: Turns) {
    this.#ort = ort;
    this.#session = session;
    // Only names are needed from here on: the session holds its own copy of the constants.
    this.#model = { ...model, bytes: new Uint8Array() };
    this.#program = { ...program, equations: [] };
    this.#turns = turns;
  }

  /**
   * Input arrays are handed to the engine without a copy where it allows that, so they must not change until the result
   * is there. Result arrays are new at every run.
   *
   * @throws TypeError where an input is missing or has another dtype or shape; the signal's reason where it is aborted.
   */
  async run(inputs: { readonly [name: string]: TensorData }, options: { signal?: AbortSignal } = {}): Promise<{ [name: string]: TensorData }> {
    const feeds: Record<string, Tensor> = {};
    this.#program.inputs.forEach(({ name, value }, i) => {
      feeds[this.#model.inputNames[i]!] = this.#feed(name, this.#program.types[value]!, inputs[name]);
    });
    return this.#turns(async () => {
      options.signal?.throwIfAborted();
      if (!this.#session) throw new Error("This program was disposed of and cannot run any more.");
      const fetched = await this.#session.run(feeds);
      options.signal?.throwIfAborted();
      return this.#results(fetched);
    });
  }

  async dispose(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session) await this.#turns(() => session.release());
  }

  #feed(name: string, want: StaticType, given: TensorData | undefined): Tensor {
    if (!given) throw new TypeError(`Input ${name} is not given.`);
    if (given.dtype !== want.dtype || !sameShape(given.shape, want.shape))
      throw new TypeError(`Input ${name} is ${given.dtype}[${given.shape}] where ${want.dtype}[${want.shape}] is wanted.`);
    return new this.#ort.Tensor(want.dtype, given.data as never, want.shape);
  }

  #results(fetched: InferenceSession.OnnxValueMapType): { [name: string]: TensorData } {
    return Object.fromEntries(
      this.#program.outputs.map(({ name, value }, i) => {
        const { dtype, shape } = this.#program.types[value]!;
        return [name, { dtype, shape, data: fetched[this.#model.outputNames[i]!]!.data as TensorArray }];
      }),
    );
  }
}
