/** ONNX as an input format. */
export { readOnnxNetwork } from "./onnx-network.ts";
