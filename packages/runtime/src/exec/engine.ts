/** The chosen backend with what is kept between runs: compiles each program once, and knows how long it worked. */
import type { Backend, Executable, OpenedOnnx } from "../backends/backend.ts";
import { workingBytes } from "../ir/liveness.ts";
import type { Program } from "../ir/program.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { RunCache } from "./cache.ts";
import { hashBytes } from "./content-hash.ts";

/** Bytes that an engine needs for any program, however small. */
const SESSION = 2 ** 22;

export interface EngineOptions {
  backend: Backend;
  cache: RunCache;
  /** CPU threads inside one kernel. */
  threads?: number;
}

/** One for each run; `release` at its end lets the programs go that it held. */
export class Engine {
  /** Spent inside the backend, compiling and running. */
  milliseconds = 0;
  readonly #options: EngineOptions;
  /** Programs that this run uses: another run that shares the cache must not evict them meanwhile. */
  readonly #held = new Map<string, () => void>();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get backend(): Backend {
    return this.#options.backend;
  }

  /** The program kept under `key`, or that which `build` writes. */
  async compile(key: string, build: () => Program): Promise<Executable> {
    const { backend, cache, threads } = this.#options;
    const full = `${backend.id}|${threads ?? ""}|${key}`;
    let made = cache.executables.get(full);
    if (!made) {
      // Writing the program is our work, not the engine's.
      made = (async () => {
        const program = build();
        const executable = await this.#timed(() => backend.compile(program, threads === undefined ? {} : { threads }));
        // Programs of large pictures hold hundreds of megabytes: how many are kept depends on that, not on their number.
        cache.executables.weigh(full, SESSION + workingBytes(program));
        return executable;
      })();
      cache.executables.set(full, made, SESSION);
      made.catch(() => cache.executables.delete(full));
    }
    if (!this.#held.has(full)) this.#held.set(full, cache.executables.hold(full));
    // The program is kept between runs, the clock is this run's.
    const executable = await made;
    return { run: (inputs, options) => this.#timed(() => executable.run(inputs, options)), dispose: () => executable.dispose() };
  }

  /** Keeps what is costly to derive; a promise that fails is forgotten. */
  remember<T>(key: string, make: () => T): T {
    const { remembered } = this.#options.cache;
    const known = remembered.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    remembered.set(key, made, 1);
    if (made instanceof Promise) made.catch(() => remembered.delete(key));
    return made;
  }

  /** An ONNX file as it is. Throws NodeFailure with the engine's reason where it cannot be opened or run. */
  async openOnnx(bytes: Uint8Array): Promise<Pick<OpenedOnnx, "inputs" | "outputs" | "run">> {
    const { backend } = this;
    if (!backend.openOnnx) throw new NodeFailure("backend-cannot", `The backend ${backend.id} cannot run an ONNX file as it is; choose onnx-native or onnx-wasm.`);
    const file = await this.remember(`onnx|${backend.id}|${await hashBytes(bytes)}`, () =>
      this.#timed(() => backend.openOnnx!(bytes)).catch((cause: unknown) => {
        throw new NodeFailure("onnx-unreadable", `This ONNX file cannot be opened by ${backend.id}: ${sentence(cause)}`, { cause });
      }),
    );
    return {
      inputs: file.inputs,
      outputs: file.outputs,
      run: (inputs) =>
        this.#timed(() => file.run(inputs)).catch((cause: unknown) => {
          throw new NodeFailure("onnx-failed", `This ONNX file could not be run on ${backend.id}: ${sentence(cause)}`, { cause });
        }),
    };
  }

  release(): void {
    for (const letGo of this.#held.values()) letGo();
    this.#held.clear();
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.milliseconds += performance.now() - began;
    }
  }
}

const sentence = (cause: unknown): string => `${(cause instanceof Error ? cause.message : String(cause)).replace(/[.\s]+$/, "")}.`;
