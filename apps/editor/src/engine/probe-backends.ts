/** Which engines work here, with the name of the device or the reason why not, and in which order they are tried. */
import type { BackendId } from "@patchbay/runtime";
import { BACKENDS, defaultBackends } from "@patchbay/runtime/backends";
import type { BackendStatus } from "../model/run-state.ts";

const IN_BROWSERS: readonly BackendId[] = ["onnx-webgpu", "onnx-wasm", "tfjs-webgpu", "reference"];

const isBrowser = (): boolean => !defaultBackends().includes("onnx-native");

export async function probeBackends(): Promise<BackendStatus[]> {
  const ids = isBrowser() ? IN_BROWSERS : defaultBackends();
  const found: BackendStatus[] = [];
  // One after another: each loads megabytes, and the first answers are the ones that are waited for.
  for (const id of ids) {
    try {
      const probe = await (await BACKENDS[id]()).probe();
      found.push(probe.available ? { id, available: true, text: [probe.device, probe.version].filter(Boolean).join(", "), ...(probe.threads === undefined ? {} : { threads: probe.threads }) } : { id, available: false, text: probe.reason });
    } catch (error) {
      found.push({ id, available: false, text: `Its module did not load: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return found;
}

export interface Preference {
  readonly order: readonly BackendId[];
  /** Engines that were put back before they were tried. */
  readonly passedOver: readonly { readonly id: BackendId; readonly reason: string }[];
}

interface AdapterInfo {
  readonly architecture?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

let preference: Promise<Preference> | undefined;

/** The default order, but WebGPU last where it is computed by the processor: WebAssembly is several times faster there. */
export const preferredBackends = (): Promise<Preference> => (preference ??= look());

async function look(): Promise<Preference> {
  const order = defaultBackends();
  if (!isBrowser()) return { order, passedOver: [] };
  const { gpu } = navigator as unknown as { gpu?: { requestAdapter(options: object): Promise<{ info?: AdapterInfo } | null> } };
  const info = (await gpu?.requestAdapter({ powerPreference: "high-performance" }).catch(() => null))?.info;
  const isSoftware = info && (info.isFallbackAdapter || /swiftshader|llvmpipe|software|basic render/i.test(`${info.architecture ?? ""} ${info.description ?? ""}`));
  if (!isSoftware) return { order, passedOver: [] };
  return {
    order: [...order.filter((id) => id === "onnx-wasm"), ...order.filter((id) => id !== "onnx-wasm")],
    passedOver: [{ id: "onnx-webgpu", reason: "Its only adapter is a software one, which computes on the processor and more slowly than WebAssembly." }],
  };
}
