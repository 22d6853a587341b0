/** Finding a WebGPU adapter, with a sentence saying why when there is none, and opening a device that notices its own loss. */
import type { Unavailable } from "../backend.ts";
import { nodeGpu, type Adapter, type Device, type Gpu } from "./node-gpu.ts";

/** The GPU went away (driver reset, sleep, memory); compile again to go on. Thrown by `run`. */
export class DeviceLost extends Error {
  override name = "DeviceLost";
}

const isNode = (): boolean => typeof process !== "undefined" && typeof process.versions?.node === "string";

const unavailable = (code: Unavailable["code"], reason: string): Unavailable => ({ available: false, code, reason });
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The adapter to use here, or why there is none. */
export async function findAdapter(): Promise<Adapter | Unavailable> {
  try {
    return isNode() ? await adapterInNode() : await adapterInBrowser();
  } catch (error) {
    return unavailable("init-failed", `Asking for a WebGPU adapter failed: ${said(error)}`);
  }
}

async function adapterInBrowser(): Promise<Adapter | Unavailable> {
  const { navigator } = globalThis as { navigator?: { gpu?: Gpu } };
  if (!navigator?.gpu)
    return unavailable("wrong-environment", "This browser offers no WebGPU here: it needs a version that has it, and a page served over https or from localhost.");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  return adapter ?? unavailable("no-adapter", "This browser has WebGPU but offers no adapter: the graphics card or its driver is not supported, or acceleration is switched off.");
}

async function adapterInNode(): Promise<Adapter | Unavailable> {
  let found: Awaited<ReturnType<typeof nodeGpu>>;
  try {
    found = await nodeGpu();
  } catch (error) {
    return unavailable("not-installed", `WebGPU in Node comes with the package "webgpu", which could not be loaded: ${said(error)}`);
  }
  if (found) return found.adapter;
  const linux = process.platform === "linux" ? " On Linux it needs the Vulkan loader (Debian: apt-get install -y libvulkan1) and a graphics driver." : "";
  return unavailable("no-adapter", `No WebGPU adapter answered in Node.${linux}`);
}

/** What people read: the adapter's name as far as it tells. */
export function describeAdapter({ info }: Adapter): string {
  if (!info) return "WebGPU adapter";
  const name = info.description || info.device || [info.vendor, info.architecture].filter(Boolean).join(" ") || "WebGPU adapter";
  return info.architecture === "swiftshader" && !/software/i.test(name) ? `${name} (software)` : name;
}

const LIMITS = ["maxComputeWorkgroupStorageSize", "maxComputeWorkgroupsPerDimension", "maxStorageBufferBindingSize", "maxBufferSize", "maxComputeWorkgroupSizeX", "maxComputeInvocationsPerWorkgroup"];

export interface OpenDevice {
  readonly device: Device;
  /** Rejects with DeviceLost when the device goes; otherwise never settles. */
  readonly lost: Promise<never>;
  isLost(): boolean;
  /** What the GPU refused since it was opened (bad shaders, memory): kernels report this way only. */
  readonly refusals: readonly string[];
}

/** A device with the adapter's own limits. */
export async function openDevice(adapter: Adapter): Promise<OpenDevice> {
  const device = await adapter.requestDevice({ requiredFeatures: [], requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]!])) });
  const refusals: string[] = [];
  device.addEventListener?.("uncapturederror", ({ error }) => refusals.push(error.message));
  let gone = false;
  const lost = device.lost.then((info): never => {
    gone = true;
    throw new DeviceLost(`The GPU device was lost${info.message ? `: ${info.message}` : "."}`);
  });
  lost.catch(() => {}); // nobody may be running when it happens
  return { device, lost, isLost: () => gone, refusals };
}
