/** Collects ONNX nodes and initialisers by name, so that lowering rules speak of operators and never of protobuf. */
import { create } from "@bufbuild/protobuf";
import type { DType, StaticType, TensorArray, TensorData } from "../ir/tensor.ts";
import { tensor } from "../ir/tensor.ts";
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type AttributeProto,
  type NodeProto,
  type TensorProto,
} from "./generated/onnx_pb.ts";

/** A value in the graph: its ONNX name with what is known of it. */
export interface Operand extends StaticType {
  readonly name: string;
  /** Where this is a `broadcast`: the value before it, which operators that broadcast by themselves take instead. */
  readonly narrow?: Operand;
  readonly constant?: TensorData;
}

/** Integers are INT, arrays INTS, strings STRING; a float attribute says so. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

export const DATA_TYPE: { readonly [D in DType]: DataType } = { float32: DataType.FLOAT, int32: DataType.INT32, bool: DataType.BOOL };

export interface PlainNode {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: { readonly [name: string]: Attribute };
}

interface Initialiser {
  readonly name: string;
  readonly dataType: DataType;
  readonly dims: readonly number[];
  readonly bytes: Uint8Array;
}

export class OnnxGraph {
  readonly nodes: PlainNode[] = [];
  readonly #initialisers = new Map<string, Initialiser>();
  readonly #byContent = new Map<string, Initialiser[]>();
  readonly #taken: Set<string>;
  readonly #counts = new Map<string, number>();
  #scope = "value";

  /** `taken` are the names that belong to the graph's inputs and outputs. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** What the following nodes are named after, so that an exported file can be read. */
  setScope(scope: string): void {
    this.#scope = scope;
  }

  /** Adds an operator with one output and returns that output's name; an empty input name means "not given". */
  node(opType: string, inputs: readonly string[], attributes: PlainNode["attributes"] = {}): string {
    return this.nodeWithOutputs(opType, inputs, attributes, 1)[0]!;
  }

  nodeWithOutputs(opType: string, inputs: readonly string[], attributes: PlainNode["attributes"], count: number): string[] {
    const outputs = Array.from({ length: count }, () => this.#fresh(this.#scope));
    this.nodes.push({ opType, inputs, outputs, attributes });
    return outputs;
  }

  /** The name of an initialiser with these contents; identical ones are shared. */
  constant(data: TensorData): string {
    return this.#initialiser(DATA_TYPE[data.dtype], data.shape, bytesOf(data.data), data.dtype);
  }

  scalar(value: number, dtype: DType = "float32"): string {
    return this.constant(tensor(dtype, [], [value]));
  }

  /** Shapes, axes and pads, which ONNX wants as int64; one-dimensional. */
  int64s(values: readonly number[]): string {
    return this.#initialiser(DataType.INT64, [values.length], bytesOf(BigInt64Array.from(values, BigInt)), "int64");
  }

  reshape(x: string, shape: readonly number[]): string {
    return this.node("Reshape", [x, this.int64s(shape)], shape.includes(0) ? { allowzero: 1 } : {});
  }

  isInitialiser(name: string): boolean {
    return this.#initialisers.has(name);
  }

  /** Everything that `outputs` needs, in order, as protobuf messages, with values renamed. */
  finish(outputs: readonly string[], rename: ReadonlyMap<string, string>): { nodes: NodeProto[]; initialisers: TensorProto[] } {
    const needed = new Set(outputs);
    const kept: PlainNode[] = [];
    for (const node of this.nodes.toReversed()) {
      if (!node.outputs.some((o) => needed.has(o))) continue;
      node.inputs.forEach((i) => needed.add(i));
      kept.push(node);
    }
    const named = (name: string) => rename.get(name) ?? name;
    return {
      nodes: kept.reverse().map((n) =>
        create(NodeProtoSchema, {
          name: named(n.outputs[0]!),
          opType: n.opType,
          input: n.inputs.map(named),
          output: n.outputs.map(named),
          attribute: Object.entries(n.attributes).map(([name, value]) => attributeProto(name, value)),
        })),
      initialisers: [...this.#initialisers.values()]
        .filter((i) => needed.has(i.name))
        .map((i) => create(TensorProtoSchema, { name: i.name, dims: i.dims.map(BigInt), dataType: i.dataType, rawData: i.bytes })),
    };
  }

  #initialiser(dataType: DataType, dims: readonly number[], bytes: Uint8Array, what: string): string {
    const key = `${dataType}:${dims}:${fingerprint(bytes)}`;
    const alike = this.#byContent.get(key) ?? [];
    const known = alike.find((i) => sameBytes(i.bytes, bytes));
    if (known) return known.name;
    const made = { name: this.#fresh(`const_${what}`), dataType, dims, bytes };
    this.#byContent.set(key, [...alike, made]);
    this.#initialisers.set(made.name, made);
    return made.name;
  }

  #fresh(base: string): string {
    let count = this.#counts.get(base) ?? 0;
    let name = count === 0 ? base : `${base}_${count}`;
    while (this.#taken.has(name)) name = `${base}_${++count}`;
    this.#counts.set(base, count + 1);
    this.#taken.add(name);
    return name;
  }
}

function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === "string") return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if ("float" in value) return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

const bytesOf = (data: TensorArray | BigInt64Array): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A cheap key: length and a hash of at most 256 bytes spread over the data. Equality is still checked in full. */
function fingerprint(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  const step = Math.max(1, Math.floor(bytes.length / 256));
  for (let i = 0; i < bytes.length; i += step) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return `${bytes.length}:${hash >>> 0}`;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length) return true;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
