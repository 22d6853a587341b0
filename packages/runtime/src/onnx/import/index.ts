/** ONNX as an input format. */
export { readOnnxNetwork } from "./onnx-network.ts";
export { readOnnxTensor } from "./read-tensor.ts";
