/** Writes small ONNX files for tests. */
import { create, toBinary } from "@bufbuild/protobuf";
import { sizeOf } from "../../ir/tensor.ts";
import {
  AttributeProto_AttributeType as Type, AttributeProtoSchema, GraphProtoSchema, ModelProtoSchema, NodeProtoSchema, OperatorSetIdProtoSchema, TensorProto_DataType as DataType,
  TensorProtoSchema, TensorShapeProto_DimensionSchema, TensorShapeProtoSchema, TypeProto_TensorSchema, TypeProtoSchema, ValueInfoProtoSchema, type AttributeProto, type GraphProto, type TensorProto,
} from "../generated/onnx_pb.ts";

/** Whole numbers are INT, others FLOAT; lists likewise; `f()` makes a whole number a float. */
export type TestAttribute = number | string | readonly number[] | { readonly float: number } | { readonly graph: GraphProto } | { readonly tensor: TensorProto };

export interface TestNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: { readonly [name: string]: TestAttribute };
  readonly name?: string;
  readonly domain?: string;
}
export interface TestPort {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  readonly type?: DataType;
}
export interface TestModel {
  readonly nodes: readonly TestNode[];
  readonly inputs: readonly TestPort[];
  readonly outputs: readonly string[];
  readonly constants?: readonly TensorProto[];
  readonly opset?: number;
}

export const floats = (name: string, dims: readonly number[], values: ArrayLike<number>): TensorProto =>
  create(TensorProtoSchema, { name, dims: dims.map(BigInt), dataType: DataType.FLOAT, rawData: new Uint8Array(Float32Array.from(values).buffer) });
export const int64s = (name: string, dims: readonly number[], values: readonly number[]): TensorProto =>
  create(TensorProtoSchema, { name, dims: dims.map(BigInt), dataType: DataType.INT64, rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) });

const isWhole = (n: number) => Number.isInteger(n);

function attribute(name: string, value: TestAttribute): AttributeProto {
  if (typeof value === "string") return create(AttributeProtoSchema, { name, type: Type.STRING, s: new TextEncoder().encode(value) });
  if (typeof value === "number") return isWhole(value) ? create(AttributeProtoSchema, { name, type: Type.INT, i: BigInt(value) }) : create(AttributeProtoSchema, { name, type: Type.FLOAT, f: value });
  if ("float" in value) return create(AttributeProtoSchema, { name, type: Type.FLOAT, f: value.float });
  if ("graph" in value) return create(AttributeProtoSchema, { name, type: Type.GRAPH, g: value.graph });
  if ("tensor" in value) return create(AttributeProtoSchema, { name, type: Type.TENSOR, t: value.tensor });
  return value.every(isWhole) ? create(AttributeProtoSchema, { name, type: Type.INTS, ints: value.map(BigInt) }) : create(AttributeProtoSchema, { name, type: Type.FLOATS, floats: [...value] });
}

const port = ({ name, shape, type = DataType.FLOAT }: TestPort) =>
  create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {
      value: {
        case: "tensorType",
        value: create(TypeProto_TensorSchema, {
          elemType: type,
          shape: create(TensorShapeProtoSchema, { dim: shape.map((d) => create(TensorShapeProto_DimensionSchema, { value: d === null ? { case: "dimParam", value: "n" } : { case: "dimValue", value: BigInt(d) } })) }),
        }),
      },
    }),
  });

export const testGraph = (m: Omit<TestModel, "opset">): GraphProto =>
  create(GraphProtoSchema, {
    name: "test",
    node: m.nodes.map((n) => create(NodeProtoSchema, {
      opType: n.op, domain: n.domain ?? "", name: n.name ?? "", input: [...n.inputs], output: [...n.outputs], attribute: Object.entries(n.attributes ?? {}).map(([k, v]) => attribute(k, v)),
    })),
    input: m.inputs.map(port),
    output: m.outputs.map((name) => create(ValueInfoProtoSchema, { name })),
    initializer: [...(m.constants ?? [])],
  });

export const testModel = (m: TestModel): Uint8Array =>
  toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n, opsetImport: [create(OperatorSetIdProtoSchema, { domain: "", version: BigInt(m.opset ?? 17) })], graph: testGraph(m) }));

/** A deterministic spread of numbers around 0, none of them equal. */
export const spread = (shape: readonly number[], seed = 1): Float32Array => Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233) * 1.7);
