/** The engines that run programs, and how one is chosen. */
export * from "./backend.ts";
export { BACKEND_IDS, BACKENDS, defaultBackends, NoBackend, resolveBackend, type Resolved, type Tried } from "./resolve.ts";
export { configureOnnxWeb, type OnnxWebConfiguration } from "./onnx/configuration.ts";
