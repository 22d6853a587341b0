/** onnxruntime's native library under Node: the default engine wherever no browser is involved. */
import type { InferenceSession } from "onnxruntime-common";
import type { Program } from "../../ir/program.ts";
import { lowerProgram } from "../../onnx/index.ts";
import type { Backend, CompileOptions, Executable, Probe } from "../backend.ts";
import { atOnce, OnnxExecutable, type OrtModule } from "./executable.ts";
import { opened } from "./opened.ts";
import { failed, isNode, nodeCores, once, SMALLEST } from "./probing.ts";

// A name that bundlers cannot see: the package holds a native library and is of no use in a browser.
const PACKAGE = "onnxruntime-node";

const load = once(async (): Promise<OrtModule> => {
  const loaded = (await import(/* @vite-ignore */ PACKAGE)) as OrtModule & { default?: OrtModule };
  return loaded.default ?? loaded;
});

function sessionOptions(options: CompileOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: ["cpu"],
    // "all" adds the blocked NCHWc layout for convolutions.
    graphOptimizationLevel: "all",
    intraOpNumThreads: options.threads ?? nodeCores(),
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
    // Helper threads that wait for the next kernel spin this many microseconds, then sleep. Spinning to the
    // end of a run took 1.8 times as long where another process wanted the core; sleeping at once takes 1.16 times as long
    // where none does. The memory arena stays on: without it a step takes twice as long.
    extra: { session: { intra_op: { spin_duration_us: "20" } } },
  };
}

const probe = once(async (): Promise<Probe> => {
  if (!isNode())
    return { available: false, code: "wrong-environment", reason: "The native ONNX Runtime needs Node; this is a browser." };
  try {
    const ort = await load();
    const session = await ort.InferenceSession.create(lowerProgram(SMALLEST).bytes, sessionOptions({ threads: 1 }));
    await session.release();
    return { available: true, device: "CPU", version: ort.env.versions.node ?? ort.env.versions.common, threads: nodeCores() };
  } catch (error) {
    return failed("The native ONNX Runtime", PACKAGE, error);
  }
});

/** `run` computes on the calling thread, with helpers beside it: a caller that must stay responsive runs it in a worker. */
export const onnxNativeBackend: Backend = {
  id: "onnx-native",
  probe,
  async compile(program: Program, options: CompileOptions = {}): Promise<Executable> {
    const ort = await load();
    const model = lowerProgram(program);
    return new OnnxExecutable(ort, await ort.InferenceSession.create(model.bytes, sessionOptions(options)), program, model, atOnce);
  },
  async openOnnx(bytes) {
    const ort = await load();
    return opened(ort, await ort.InferenceSession.create(bytes, sessionOptions({})), atOnce);
  },
};
