/** onnxruntime as WebAssembly, computing there or on WebGPU: the default engines of the browser. */
import type { InferenceSession } from "onnxruntime-common";
import type { Program } from "../../ir/program.ts";
import { lowerProgram } from "../../onnx/index.ts";
import type { Backend, BackendId, Probe, Unavailable } from "../backend.ts";
import { configuration, threads } from "./configuration.ts";
import { OnnxExecutable, oneAfterAnother, type OrtModule } from "./executable.ts";
import { opened } from "./opened.ts";
import { failed, here, isNode, once, SMALLEST } from "./probing.ts";

const PACKAGE = "onnxruntime-web";

function configured(loaded: unknown): OrtModule {
  const ort = ((loaded as { default?: OrtModule }).default ?? loaded) as OrtModule;
  if (configuration().wasmPaths !== undefined) ort.env.wasm.wasmPaths = configuration().wasmPaths;
  ort.env.wasm.numThreads = threads();
  ort.env.logLevel = "error";
  return ort;
}

// Under Node the package's main entry is meant; a bundler for the browser must not see it beside the two below.
const NODE_ENTRY: string = PACKAGE;
const hasJspi = () => "Suspending" in here.WebAssembly;

const loadWasm = async () => configured(isNode() ? await import(/* @vite-ignore */ NODE_ENTRY) : await import("onnxruntime-web/wasm"));
const loadWebgpu = async () => configured(hasJspi() ? await import("onnxruntime-web/jspi") : await import("onnxruntime-web/webgpu"));

interface Engine {
  readonly id: BackendId;
  /** Begins a sentence. */
  readonly title: string;
  readonly provider: "wasm" | "webgpu";
  load(): Promise<OrtModule>;
  /** A reason not to try at all, or the name of the device. */
  look(): Promise<Unavailable | string>;
}

function backend(engine: Engine): Backend {
  const load = once(engine.load);
  const turns = oneAfterAnother();
  const options: InferenceSession.SessionOptions = { executionProviders: [engine.provider], graphOptimizationLevel: "all", logSeverityLevel: 3 };
  const open = async (bytes: Uint8Array) => {
    const ort = await load();
    return turns(() => ort.InferenceSession.create(bytes, options));
  };
  const probe = once(async (): Promise<Probe> => {
    try {
      const device = await engine.look();
      if (typeof device !== "string") return device;
      const session = await open(lowerProgram(SMALLEST).bytes);
      await session.release();
      const { env } = await load();
      return { available: true, device, version: env.versions.web ?? env.versions.common, ...(engine.provider === "wasm" ? { threads: env.wasm.numThreads ?? 1 } : {}) };
    } catch (error) {
      return failed(engine.title, PACKAGE, error);
    }
  });
  return {
    id: engine.id,
    probe,
    async compile(program: Program) {
      const model = lowerProgram(program);
      return new OnnxExecutable(await load(), await open(model.bytes), program, model, turns);
    },
    openOnnx: async (bytes) => opened(await load(), await open(bytes), turns),
  };
}

/** In a browser and under Node. The number of threads is the engine's for all programs: `CompileOptions.threads` has no effect. */
export const onnxWasmBackend: Backend = backend({
  id: "onnx-wasm",
  title: "ONNX Runtime for WebAssembly",
  provider: "wasm",
  load: loadWasm,
  look: async () => "CPU, WebAssembly",
});

/** In a browser, its workers included. */
export const onnxWebgpuBackend: Backend = backend({
  id: "onnx-webgpu",
  title: "ONNX Runtime for WebGPU",
  provider: "webgpu",
  load: loadWebgpu,
  async look() {
    if (isNode()) return { available: false, code: "wrong-environment", reason: "ONNX Runtime for WebGPU needs a browser; this is Node." };
    const gpu = here.navigator?.gpu;
    if (!gpu) return { available: false, code: "wrong-environment", reason: "This browser or page offers no WebGPU (it needs a secure context and a browser that has it switched on)." };
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return { available: false, code: "no-adapter", reason: "The browser knows WebGPU but found no adapter: no graphics card, or its driver is blocked." };
    const { description, vendor, architecture } = adapter.info ?? {};
    return description || [vendor, architecture].filter(Boolean).join(" ") || "WebGPU adapter";
  },
});
