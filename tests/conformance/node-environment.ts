/** The environment in which Node finds a Vulkan loader for WebGPU. */
import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";

/** Chromium brings a loader of its own, which serves where the system has none. */
const CHROMIUM_LOADER = "/usr/lib/chromium/libvulkan.so.1";

export function environment(): NodeJS.ProcessEnv {
  if (!existsSync(CHROMIUM_LOADER)) return process.env;
  return { ...process.env, LD_LIBRARY_PATH: [process.env["LD_LIBRARY_PATH"], dirname(CHROMIUM_LOADER)].filter(Boolean).join(delimiter) };
}
