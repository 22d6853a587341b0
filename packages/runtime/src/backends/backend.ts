/** What an engine must offer to run programs, and how one is chosen with the reasons of those that were not. */
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";

export type BackendId = "onnx-native" | "onnx-webgpu" | "onnx-wasm" | "tfjs-webgpu" | "reference";

/** Why an engine cannot be used here: a typed reason, shown to people as a sentence. */
export interface Unavailable {
  available: false;
  code: "not-installed" | "wrong-environment" | "no-adapter" | "init-failed" | "unsupported-operation";
  reason: string;
}

export type Probe = { available: true; device: string; version: string; threads?: number } | Unavailable;

export interface Executable {
  /**
   * Runs once. Keys are the program's input names; every input must be given, with its exact dtype and shape.
   * The result's arrays belong to the caller. `signal` is looked at between steps, not inside a kernel.
   */
  run(inputs: { readonly [name: string]: TensorData }, options?: { signal?: AbortSignal }): Promise<{ [name: string]: TensorData }>;
  dispose(): Promise<void>;
}

export interface CompileOptions {
  /** CPU threads inside one kernel; the engine's default when absent. */
  threads?: number;
}

/** An ONNX file opened as it is, without looking inside. */
export interface OpenedOnnx {
  readonly inputs: OnnxPort[];
  readonly outputs: OnnxPort[];
  run(inputs: { readonly [name: string]: TensorData }): Promise<{ [name: string]: TensorData }>;
  dispose(): Promise<void>;
}

export interface OnnxPort {
  name: string;
  /** As ONNX names it: `float32`, `int64` … */
  dtype: string;
  /** `null` where the file leaves an axis open. */
  shape: (number | null)[];
}

export interface Backend {
  readonly id: BackendId;
  /** Cheap, cached, and never throws. Importing this backend's engine happens here or later, never at import. */
  probe(): Promise<Probe>;
  compile(program: Program, options?: CompileOptions): Promise<Executable>;
  /** Opens an ONNX file; absent where the engine cannot. Throws an Error with the engine's reason for a file it refuses. */
  openOnnx?(bytes: Uint8Array): Promise<OpenedOnnx>;
  dispose?(): Promise<void>;
}

/** A program holds an operation that this engine has no kernel for. */
export class UnsupportedOperation extends Error {
  override name = "UnsupportedOperation";
}
