/** Reads an ONNX file as a network that can be written as IR. */
import type { NetworkSource } from "../../networks/network-source.ts";

/** Throws NodeFailure for damaged files. Bounded in time and memory for hostile ones. */
export declare function readOnnxNetwork(bytes: Uint8Array, name: string): NetworkSource;
