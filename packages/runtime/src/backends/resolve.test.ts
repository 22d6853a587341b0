/** Backends are chosen in order, each refusal with its reason, and a demand is never quietly replaced. */
import { expect, test } from "vitest";
import type { Backend, BackendId, Probe } from "./backend.ts";
import { BACKENDS, NoBackend, resolveBackend } from "./resolve.ts";

const fake = (id: BackendId, probe: Probe) => async (): Promise<Backend> => ({ id, probe: async () => probe, compile: () => Promise.reject(new Error("not here")) });
const yes: Probe = { available: true, device: "test", version: "0" };
const no = (reason: string): Probe => ({ available: false, code: "not-installed", reason });

const table = {
  ...BACKENDS,
  "onnx-native": fake("onnx-native", no("The native ONNX Runtime is not installed.")),
  "onnx-webgpu": async () => { throw new Error("syntax error"); },
  "onnx-wasm": fake("onnx-wasm", yes),
};

test("the first available candidate is taken, with the reasons of those before it", async () => {
  const { backend, tried } = await resolveBackend(["onnx-native", "onnx-webgpu", "onnx-wasm", "reference"], table);
  expect(backend.id).toBe("onnx-wasm");
  expect(tried).toEqual([
    { id: "onnx-native", available: false, code: "not-installed", reason: "The native ONNX Runtime is not installed." },
    { id: "onnx-webgpu", available: false, code: "init-failed", reason: "Its module did not load: syntax error" },
  ]);
});

test("a backend asked for by name is not replaced by another", async () => {
  const refused = await resolveBackend("onnx-native", table).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoBackend);
  expect((refused as NoBackend).message).toBe("The backend onnx-native cannot be used here. The native ONNX Runtime is not installed.");
  await expect(resolveBackend(["onnx-native", "onnx-webgpu"], table)).rejects.toThrow(/onnx-native: The native.*onnx-webgpu: Its module/);
});

test("under Node the native library comes first, and WebGPU in ONNX Runtime says that it needs a browser", async () => {
  const { backend, tried } = await resolveBackend();
  expect([backend.id, tried]).toEqual(["onnx-native", []]);
  const { backend: second, tried: passed } = await resolveBackend(["onnx-webgpu", "reference"]);
  expect([second.id, passed.map((t) => t.code)]).toEqual(["reference", ["wrong-environment"]]);
});
