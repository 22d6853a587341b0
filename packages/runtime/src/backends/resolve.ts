/** Chooses an engine: candidates are tried in order, and each one that cannot be used leaves its reason. */
import type { Backend, BackendId, Probe, Unavailable } from "./backend.ts";
import { isNode } from "./onnx/probing.ts";

/** Each backend's module is loaded when it is first tried. */
export const BACKENDS: { readonly [Id in BackendId]: () => Promise<Backend> } = {
  "onnx-native": async () => (await import("./onnx/native.ts")).onnxNativeBackend,
  "onnx-webgpu": async () => (await import("./onnx/web.ts")).onnxWebgpuBackend,
  "onnx-wasm": async () => (await import("./onnx/web.ts")).onnxWasmBackend,
  "tfjs-webgpu": async () => (await import("./tfjs/index.ts")).tfjsWebgpuBackend,
  reference: async () => (await import("./reference/index.ts")).referenceBackend,
};

export const BACKEND_IDS = Object.keys(BACKENDS) as readonly BackendId[];

export const defaultBackends = (): readonly BackendId[] =>
  isNode() ? ["onnx-native", "onnx-wasm", "reference"] : ["onnx-webgpu", "onnx-wasm", "reference"];

/** A backend that was passed over. */
export interface Tried extends Unavailable {
  readonly id: BackendId;
}

export interface Resolved {
  readonly backend: Backend;
  readonly probe: Extract<Probe, { available: true }>;
  /** Those before it in the order, each with its reason. */
  readonly tried: readonly Tried[];
}

/** None of the backends asked for can be used here; `tried` says why, one by one. */
export class NoBackend extends Error {
  override name = "NoBackend";
  readonly tried: readonly Tried[];
  constructor(tried: readonly Tried[]) {
    super(tried.length === 1 ? `The backend ${tried[0]!.id} cannot be used here. ${tried[0]!.reason}` : `No backend can be used here. ${tried.map((t) => `${t.id}: ${t.reason}`).join(" ")}`);
    this.tried = tried;
  }
}

/**
 * The first available one of `candidates`, by default those that suit the environment. A single id is a demand: no other
 * backend stands in for it.
 *
 * @throws NoBackend where none is available.
 */
export async function resolveBackend(
  candidates: readonly BackendId[] | BackendId = defaultBackends(),
  backends: { readonly [Id in BackendId]: () => Promise<Backend> } = BACKENDS,
): Promise<Resolved> {
  const tried: Tried[] = [];
  for (const id of typeof candidates === "string" ? [candidates] : candidates) {
    const probed = await probe(id, backends);
    if (probed.available) return { backend: probed.backend, probe: probed.probe, tried };
    tried.push({ id, ...probed });
  }
  throw new NoBackend(tried);
}

type Probed = { available: true; backend: Backend; probe: Resolved["probe"] } | Unavailable;

async function probe(id: BackendId, backends: typeof BACKENDS): Promise<Probed> {
  try {
    const backend = await backends[id]();
    const answer = await backend.probe();
    return answer.available ? { available: true, backend, probe: answer } : answer;
  } catch (error) {
    return { available: false, code: "init-failed", reason: `Its module did not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}
