/** What the engines are called on the page. */
import type { BackendId } from "@patchbay/runtime";

export const BACKEND_NAMES: { readonly [Id in BackendId]: { readonly short: string; readonly long: string } } = {
  "onnx-webgpu": { short: "WebGPU", long: "WebGPU, by ONNX Runtime" },
  "onnx-wasm": { short: "WebAssembly", long: "WebAssembly, by ONNX Runtime" },
  "tfjs-webgpu": { short: "WebGPU (tfjs)", long: "WebGPU, by TensorFlow.js" },
  "onnx-native": { short: "Native", long: "Native, by ONNX Runtime" },
  reference: { short: "Reference", long: "Reference, plain and slow" },
};

export const backendName = (id: string): { readonly short: string; readonly long: string } => BACKEND_NAMES[id as BackendId] ?? { short: id, long: id };
