/** TensorFlow.js with its WebGPU backend on a device of ours: opened once, reopened after a device was lost. */
import type { Probe, Unavailable } from "../backend.ts";
import { describeAdapter, findAdapter, openDevice, type OpenDevice } from "./device.ts";
import type { Adapter, Device } from "./node-gpu.ts";
import type { Tf } from "./rule.ts";

export interface Engine extends OpenDevice {
  readonly tf: Tf;
}

interface Loaded {
  tf: Tf;
  WebGPUBackend: new (device: Device, info?: Adapter["info"]) => never;
}

/** A failed initialisation, with the reason that `probe` would give. */
export class EngineUnavailable extends Error {
  override name = "EngineUnavailable";
  readonly why: Unavailable;
  constructor(why: Unavailable) {
    super(why.reason);
    this.why = why;
  }
}

async function load(): Promise<Loaded> {
  // The order matters: the backend registers itself with the core, and only where it finds navigator.gpu.
  const tf = await import("@tensorflow/tfjs-core");
  const backend = await import("@tensorflow/tfjs-backend-webgpu");
  // Small tensors would otherwise be computed on the CPU, through synchronous reads that workers and Node do not have.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  return { tf, WebGPUBackend: backend.WebGPUBackend as unknown as Loaded["WebGPUBackend"] };
}

let loaded: Promise<Loaded> | null = null;
let engine: Promise<Engine> | null = null;

const fail = (code: Unavailable["code"], what: string, error: unknown): never => {
  throw new EngineUnavailable({ available: false, code, reason: `${what}: ${error instanceof Error ? error.message : String(error)}` });
};

async function start(): Promise<Engine> {
  const adapter = await findAdapter();
  if ("available" in adapter) throw new EngineUnavailable(adapter);
  loaded ??= load();
  const { tf, WebGPUBackend } = await loaded.catch((error: unknown) => fail("not-installed", "TensorFlow.js could not be loaded", error));
  try {
    const opened = await openDevice(adapter);
    if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
    tf.registerBackend("webgpu", () => new WebGPUBackend(opened.device, adapter.info));
    if (!(await tf.setBackend("webgpu"))) throw new Error("it did not accept the WebGPU device.");
    return { ...opened, tf };
  } catch (error) {
    return fail("init-failed", "TensorFlow.js did not start on WebGPU", error);
  }
}

/** The running engine; starts one where there is none or its device was lost. Throws EngineUnavailable. */
export async function openEngine(): Promise<Engine> {
  const running = await engine?.catch(() => null);
  if (running && !running.isLost()) return running;
  const starting = (engine = start());
  starting.catch(() => { if (engine === starting) engine = null; });
  return starting;
}

/** Gives the device back; executables of it then throw DeviceLost. */
export async function closeEngine(): Promise<void> {
  const running = await engine?.catch(() => null);
  engine = null;
  running?.device.destroy();
}

/** Whether an engine could start here, by looking for an adapter and loading the library; no device is opened. */
export async function probeEngine(): Promise<Probe> {
  const adapter = await findAdapter();
  if ("available" in adapter) return adapter;
  try {
    loaded ??= load();
    return { available: true, device: describeAdapter(adapter), version: (await loaded).tf.version_core };
  } catch (error) {
    return { available: false, code: "not-installed", reason: `TensorFlow.js could not be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}
