/** What a node is written against: values, the host, the declaration with its computation, and the IR builder. */
export * from "./values.ts";
export { bytesOf } from "./value-bytes.ts";
export * from "./host.ts";
export * from "./node.ts";
export * from "./node-case.ts";
export { Builder, type Operand, type Value } from "../ir/builder.ts";
export { float32, sizeOf, tensor, type StaticType, type TensorData } from "../ir/tensor.ts";
export { isLearned, learnedJson, learnedRows, learnedText, type LearnedValue } from "./learned-values.ts";
export { siblingOf } from "../host/sibling.ts";
export { hashOfNetwork, readNetworkId, type NetworkIdentity } from "./network-id.ts";
