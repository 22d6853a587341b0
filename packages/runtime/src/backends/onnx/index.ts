/** The ONNX backends. */
export { onnxNativeBackend } from "./native.ts";
export { configureOnnxWeb, onnxWasmBackend, onnxWebgpuBackend, type OnnxWebConfiguration } from "./web.ts";
