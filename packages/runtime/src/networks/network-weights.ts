/** The numbers of a network by name, for files of weights. */
import { fromBinary } from "@bufbuild/protobuf";
import type { TensorData } from "../ir/tensor.ts";
import type { NetworkValue } from "../node-api/values.ts";
import { ModelProtoSchema } from "../onnx/generated/onnx_pb.ts";
import { elemName, ELEMS, readTensor } from "../onnx/import/read-tensor.ts";
import { unsupported } from "./failures.ts";
import { carrierOf, toTensorData } from "./known.ts";
import { openNetwork } from "./open-network.ts";

/**
 * Filters, matrices, biases and statistics under the names that the file gives them: of an ONNX file its float initialisers with at
 * least one axis, of a TensorFlow.js model its weights.
 * Throws NodeFailure for damaged files, and `network-unsupported` for a float type that cannot be read.
 */
export function networkWeights(value: NetworkValue): { [name: string]: TensorData } {
  const source = openNetwork(value);
  if (value.format !== "onnx") return Object.fromEntries(source.weights);
  const { bytes, name: file } = value.files[0]!;
  const { graph } = fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });
  const weights: { [name: string]: TensorData } = {};
  for (const t of graph?.initializer ?? []) {
    if (!t.dims.length) continue;
    const elem = ELEMS[t.dataType];
    if (!elem) throw unsupported(`${file}: its tensor “${t.name}” holds ${elemName(t.dataType)}, which cannot be read.`);
    if (carrierOf(elem) === "float32") weights[t.name] = toTensorData(readTensor(file, t));
  }
  return weights;
}
