/** WebGPU for Node: the `webgpu` package's adapter, with Chromium's software one where no other answers. */

/** The little of WebGPU that is used directly. */
export interface Adapter {
  readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly device?: string; readonly description?: string };
  readonly features: { has(name: string): boolean };
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: { requiredFeatures: string[]; requiredLimits: Record<string, number> }): Promise<Device>;
}
export interface Device {
  readonly lost: Promise<{ reason?: string; message: string }>;
  addEventListener?(type: "uncapturederror", listener: (event: { error: { message: string } }) => void): void;
  destroy(): void;
}
export interface Gpu {
  requestAdapter(options?: { powerPreference?: "high-performance" }): Promise<Adapter | null>;
}

/** Where Debian's Chromium keeps its software Vulkan driver. Mesa's own software driver is refused by the engine. */
const SOFTWARE_DRIVER = "/usr/lib/chromium/vk_swiftshader_icd.json";
const DRIVER_VARIABLES = ["VK_ICD_FILENAMES", "VK_DRIVER_FILES", "VK_ADD_DRIVER_FILES"];

/**
 * An adapter of the `webgpu` package, or null. Puts the package's classes on `globalThis` and the GPU on `navigator`, where
 * the engine looks for them. Throws when the package cannot be loaded.
 */
export async function nodeGpu(): Promise<{ gpu: Gpu; adapter: Adapter } | null> {
  const name = "webgpu"; // a variable, so that bundlers for the browser leave this native package alone
  const { create, globals } = (await import(/* @vite-ignore */ name)) as { create(options: string[]): Gpu; globals: object };
  Object.assign(globalThis, globals);
  const first = await withAdapter(create([]));
  if (first || !(await offerSoftwareDriver())) return first;
  return withAdapter(create([]));
}

async function withAdapter(gpu: Gpu): Promise<{ gpu: Gpu; adapter: Adapter } | null> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return null;
  const holder = globalThis as { navigator?: object };
  if (!holder.navigator) Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true });
  Object.defineProperty(holder.navigator, "gpu", { value: gpu, configurable: true });
  return { gpu, adapter };
}

/** Names Chromium's software driver to the Vulkan loader, unless the user chose drivers already. */
async function offerSoftwareDriver(): Promise<boolean> {
  const { existsSync } = await import(/* @vite-ignore */ "node:fs");
  if (DRIVER_VARIABLES.some((v) => process.env[v]) || !existsSync(SOFTWARE_DRIVER)) return false;
  process.env[DRIVER_VARIABLES[0]!] = SOFTWARE_DRIVER;
  return true;
}
