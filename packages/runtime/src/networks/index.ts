/** Networks from files: read, looked into, written as IR. */
export { NetworkValueNeeded } from "./network-source.ts";
export type { NetworkLayer, NetworkPort, NetworkSource, NetworkWindow } from "./network-source.ts";
export { readOnnxNetwork } from "../onnx/import/index.ts";
