import { describe, expect, it } from "vitest";
import type { OptimiserState } from "@patchbay/runtime";
import { lossOf } from "./engine-loss.ts";
import { nextAttempt } from "./recovery.ts";
import { watchDevices } from "./watch-devices.ts";

const state: OptimiserState = { step: 40, carried: {}, losses: {} };
const reason = "The GPU device was lost";

describe("recovery of a lost engine", () => {
  it("tries the same engine once more from the last state, then the next, then gives up in words", () => {
    const checkpoints = { paint: state };
    expect(nextAttempt({ lostOn: ["onnx-webgpu"], reason, again: true, checkpoints })).toEqual({ attempt: { backend: "onnx-webgpu", resume: checkpoints }, text: "The GPU device was lost. The run goes on from step 40 with WebGPU, started anew." });
    expect(nextAttempt({ lostOn: ["onnx-webgpu", "onnx-webgpu"], reason, again: true, checkpoints })).toEqual({ attempt: { backend: "onnx-wasm", resume: checkpoints }, text: "The GPU device was lost a second time. The run goes on from step 40 with WebAssembly." });
    const end = nextAttempt({ lostOn: ["onnx-webgpu", "onnx-webgpu", "onnx-wasm", "onnx-wasm"], reason, again: true, checkpoints });
    expect(end).toMatchObject({ diagnostic: { code: "engine-lost", severity: "error", message: expect.stringContaining("What was reached at step 40 is kept") } });
  });

  it("does not repeat what ran out of memory", () => {
    expect(nextAttempt({ lostOn: ["onnx-webgpu"], reason: "The engine ran out of memory", again: false, checkpoints: {} })).toEqual({ attempt: { backend: "onnx-wasm" }, text: "The engine ran out of memory. The run goes on with WebAssembly." });
    expect(nextAttempt({ lostOn: ["onnx-wasm"], reason: "The engine ran out of memory", again: false, checkpoints: {} })).toMatchObject({ diagnostic: { code: "engine-lost" } });
  });

  it("says so where nothing was computed yet", () => {
    expect(nextAttempt({ lostOn: [], reason, again: true, checkpoints: {} })).toMatchObject({ diagnostic: { message: "The GPU device was lost before anything was computed. Run again, or choose another backend." } });
  });
});

describe("loss of an engine", () => {
  const wrapped = (cause: unknown): Error => new Error("This node failed", { cause });
  it("is found in the cause of what a node threw", () => {
    expect(lossOf(wrapped(Object.assign(new Error("gone"), { name: "DeviceLost" })))).toEqual({ reason: "The GPU device was lost", again: true });
    expect(lossOf(wrapped(new Error("failed to call OrtRun(). WebGPU device lost (2): Device was destroyed.")))).toMatchObject({ again: true });
    expect(lossOf(wrapped(new Error("A valid external Instance reference no longer exists.")))).toMatchObject({ again: true });
    expect(lossOf(wrapped(new WebAssembly.RuntimeError("memory access out of bounds")))).toMatchObject({ reason: "The engine stopped in the middle of a computation" });
    expect(lossOf(wrapped(new Error("std::bad_alloc")))).toMatchObject({ again: false });
  });

  it("is not what a person can mend", () => {
    expect(lossOf(wrapped(new Error("There is no face in this picture.")))).toBeNull();
    expect(lossOf("a text")).toBeNull();
  });
});

describe("the watch over devices", () => {
  const setUp = () => {
    const lose: ((info: { message: string }) => void)[] = [];
    class Adapter {
      async requestDevice(): Promise<{ lost: Promise<{ message: string }>; destroy(): void }> {
        let tell!: (info: { message: string }) => void;
        const lost = new Promise<{ message: string }>((resolve) => (tell = resolve));
        lose.push(tell);
        return { lost, destroy: () => tell({ message: "destroyed" }) };
      }
    }
    return { watch: watchDevices({ GPUAdapter: Adapter as never }), adapter: new Adapter(), lose };
  };
  const within = async (lost: Promise<string>): Promise<string | null> => Promise.race([lost, new Promise<null>((resolve) => setTimeout(() => resolve(null), 1500))]);

  it("tells a device that is lost during a run", async () => {
    const { watch, adapter, lose } = setUp();
    await adapter.requestDevice();
    const { lost } = watch.untilLost();
    lose[0]!({ message: "The driver was reset." });
    expect(await within(lost)).toBe("The GPU device was lost (The driver was reset)");
  });

  it("says nothing of devices that were closed between runs, or have a successor", async () => {
    const { watch, adapter, lose } = setUp();
    (await adapter.requestDevice()).destroy();
    const { lost } = watch.untilLost();
    await adapter.requestDevice();
    lose[1]!({ message: "gone" });
    await adapter.requestDevice();
    expect(await within(lost)).toBeNull();
  });
});
