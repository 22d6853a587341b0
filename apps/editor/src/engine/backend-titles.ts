/** The engines as a person would call them. */

const TITLES: { readonly [id: string]: string } = {
  "onnx-native": "ONNX Runtime",
  "onnx-webgpu": "WebGPU",
  "onnx-wasm": "WebAssembly",
  "tfjs-webgpu": "TensorFlow.js on WebGPU",
  reference: "the reference engine",
};

export const backendTitle = (id: string): string => TITLES[id] ?? id;
