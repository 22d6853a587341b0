/** The ONNX backends. */
export { onnxNativeBackend } from "./native.ts";
export { configureOnnxWeb, type OnnxWebConfiguration } from "./configuration.ts";
export { onnxWasmBackend, onnxWebgpuBackend } from "./web.ts";
