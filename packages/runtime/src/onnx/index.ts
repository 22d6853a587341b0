/** ONNX as an output format. */
export { IR_VERSION, lowerProgram, OPSET, programToOnnx, type OnnxModel, type OnnxOptions } from "./program-to-onnx.ts";
