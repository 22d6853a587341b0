/** What the ONNX backends' probes share: where we are, a smallest program, and an error told as a reason. */
import { Builder } from "../../ir/builder.ts";
import type { Program } from "../../ir/program.ts";
import type { Unavailable } from "../backend.ts";

/** What is used of the surroundings, in Node and in browsers, their workers included. */
interface Surroundings {
  readonly process?: { readonly versions?: { readonly node?: string }; getBuiltinModule(name: "node:os"): { availableParallelism(): number } };
  readonly document?: unknown;
  readonly importScripts?: unknown;
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number; readonly gpu?: Gpu };
  readonly WebAssembly: object;
}

interface Gpu {
  requestAdapter(options: { powerPreference: "high-performance" }): Promise<{ info?: { vendor?: string; architecture?: string; description?: string } } | null>;
}

export const here = globalThis as unknown as Surroundings;

export const isNode = (): boolean => here.process?.versions?.node !== undefined && here.document === undefined && here.importScripts === undefined;

/** Node's count of cores that this process may use. Only under Node. */
export const nodeCores = (): number => here.process!.getBuiltinModule("node:os").availableParallelism();

/** Remembers the first call's promise; a rejection is forgotten, so that a later call may try again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** One addition: enough to see that an engine starts. */
export const SMALLEST: Program = (() => {
  const b = new Builder();
  return b.build({ y: b.add(b.input("x", { dtype: "float32", shape: [1] }), 1) });
})();

/** `engine` begins the sentence. */
export function failed(engine: string, packageName: string, error: unknown): Unavailable {
  const code = (error as { code?: unknown } | null)?.code;
  const message = error instanceof Error ? error.message : String(error);
  if ((code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && message.includes(packageName))
    return { available: false, code: "not-installed", reason: `${engine} is not installed; \`npm install ${packageName}\` adds it.` };
  // The library tells of its own script's file through several layers; what counts is that it did not come.
  if (/NetworkError|Failed to fetch|Failed to load|dynamically imported module|Load failed/i.test(message))
    return { available: false, code: "init-failed", reason: `${engine} did not start: its file could not be loaded. Check the connection and run again.` };
  const firstLine = message.split("\n")[0]!.replace(/[.\s]+$/, "");
  return { available: false, code: "init-failed", reason: `${engine} did not start: ${firstLine}.` };
}
