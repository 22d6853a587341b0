/** Attributes of ONNX nodes as plain values. */
import { Attributes, type AttributeValue } from "../../networks/attributes.ts";
import { AttributeProto_AttributeType as Type, type AttributeProto } from "../generated/onnx_pb.ts";
import { readTensor } from "./read-tensor.ts";

/** Those whose values no operator of the set has (graphs, sparse tensors, types) are left out. */
export function readAttributes(file: string, protos: readonly AttributeProto[]): Attributes {
  return new Attributes(protos.flatMap((a): [string, AttributeValue][] => {
    const value = readValue(file, a);
    return value === undefined ? [] : [[a.name, value]];
  }));
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function readValue(file: string, a: AttributeProto): AttributeValue | undefined {
  switch (a.type) {
    case Type.FLOAT: return a.f;
    case Type.INT: return Number(a.i);
    case Type.STRING: return text(a.s);
    case Type.FLOATS: return a.floats;
    case Type.INTS: return a.ints.map(Number);
    case Type.STRINGS: return a.strings.map(text);
    case Type.TENSOR: return a.t && readTensor(file, a.t);
    default: return undefined;
  }
}
