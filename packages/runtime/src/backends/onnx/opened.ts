/** Runs an ONNX file as it is: whatever operators it holds, nothing of it is known but its inputs and outputs. */
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { sizeOf, tensor, type TensorData } from "../../ir/tensor.ts";
import type { OnnxPort, OpenedOnnx } from "../backend.ts";
import type { OrtModule, Turns } from "./executable.ts";

function ports(metadata: readonly InferenceSession.ValueMetadata[]): OnnxPort[] {
  return metadata.map((m) =>
    m.isTensor
      ? { name: m.name, dtype: m.type, shape: m.shape.map((d) => (typeof d === "number" && d >= 0 ? d : null)) }
      : { name: m.name, dtype: "not a tensor", shape: [] },
  );
}

/** Numbers of ours as the file wants them: whole numbers of 64 bits have an array type of their own. */
function feed(ort: OrtModule, given: TensorData, dtype: string): Tensor {
  const dims = [...given.shape];
  if (dtype === "int64" || dtype === "uint64") {
    const values = dtype === "int64" ? BigInt64Array.from(given.data, BigInt) : BigUint64Array.from(given.data, BigInt);
    return new ort.Tensor(dtype as "int64", values as BigInt64Array, dims);
  }
  if (dtype === "float64") return new ort.Tensor("float64", Float64Array.from(given.data), dims);
  if (dtype === "uint8") return new ort.Tensor("uint8", Uint8Array.from(given.data), dims);
  return new ort.Tensor(given.dtype, given.data as never, dims);
}

/** The file's numbers as ours; throws an Error naming the output for types that hold no numbers. */
function fetched(name: string, value: Tensor): TensorData {
  const shape = value.dims.map(Number);
  const { data } = value;
  if (value.type === "float32" || value.type === "int32" || value.type === "bool") return { dtype: value.type, shape, data: data as TensorData["data"] };
  if (Array.isArray(data)) throw new Error(`its output ${name} holds text`);
  const whole = value.type !== "float64" && value.type !== "float16";
  return tensor(whole ? "int32" : "float32", shape, Array.from(data as ArrayLike<number | bigint>, Number).slice(0, sizeOf(shape)));
}

/** Wraps a session made from a file's bytes. */
export function opened(ort: OrtModule, session: InferenceSession, turns: Turns): OpenedOnnx {
  const [inputs, outputs] = [ports(session.inputMetadata), ports(session.outputMetadata)];
  return {
    inputs,
    outputs,
    async run(given) {
      const feeds: { [name: string]: Tensor } = {};
      for (const [name, value] of Object.entries(given)) feeds[name] = feed(ort, value, inputs.find((p) => p.name === name)?.dtype ?? value.dtype);
      const results = await turns(() => session.run(feeds));
      return Object.fromEntries(outputs.map(({ name }) => [name, fetched(name, results[name]!)]));
    },
    dispose: () => turns(() => session.release()),
  };
}
