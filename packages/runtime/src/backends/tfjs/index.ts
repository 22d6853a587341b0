/** TensorFlow.js on WebGPU: the second engine, in browsers and, through the `webgpu` package, in Node. */
import { checkProgram } from "../../ir/check.ts";
import type { Backend, Probe } from "../backend.ts";
import { closeEngine, openEngine, probeEngine } from "./engine.ts";
import { createExecutable } from "./executable.ts";

export { DeviceLost } from "./device.ts";
export { EngineUnavailable } from "./engine.ts";

let probed: Promise<Probe> | null = null;

/**
 * Interprets programs one operation at a time. `compile` throws EngineUnavailable where `probe` would have said why;
 * `run` throws DeviceLost when the GPU went away, after which a new `compile` starts afresh.
 * Whole numbers are exact below 2²⁴ in size: the engine's shaders compute them as float32.
 */
export const tfjsWebgpuBackend: Backend = {
  id: "tfjs-webgpu",
  probe: () => (probed ??= probeEngine()),
  async compile(program) {
    checkProgram(program);
    return createExecutable(await openEngine(), program);
  },
  async dispose() {
    probed = null;
    await closeEngine();
  },
};
