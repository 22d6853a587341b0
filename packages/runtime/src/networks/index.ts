/** Networks from files: read, looked into, written as IR. */
export { NetworkValueNeeded } from "./network-source.ts";
export type { NetworkLayer, NetworkPort, NetworkSource, NetworkWindow } from "./network-source.ts";
export { computeNetwork, networkProgram } from "./compute.ts";
export { carrierOf, toTensorData, type Elem, type Known } from "./known.ts";
export { readOnnxNetwork, readOnnxTensor } from "../onnx/import/index.ts";
export { networkFacts } from "./network-facts.ts";
export { networkFromFiles, networkId, readNetworkFiles, type NetworkReading, type Scaling } from "./network-value.ts";
export { networkWeights } from "./network-weights.ts";
export { openNetwork } from "./open-network.ts";
export { OpaqueNetwork } from "./opaque.ts";
export { channelsFirst, fitInput, writeNetwork } from "./write-network.ts";
export { readTfjsFiles, readTfjsNetwork, type ReadShard } from "./tfjs/read-network.ts";
export { receptiveField, type Field } from "./receptive-field.ts";
