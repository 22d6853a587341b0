/** A program as an ONNX file whose batch axis is open: written at two sizes, what differs between them is the batch. */
import { create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import {
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "./generated/onnx_pb.ts";
import { DATA_TYPE } from "./onnx-graph.ts";
import { lowerProgram, type OnnxOptions } from "./program-to-onnx.ts";

export interface BatchedOptions extends OnnxOptions {
  /** Initialisers by the name of the program's input that they take the place of. */
  weights: ReadonlyMap<string, TensorData>;
  /** The input with the batch, along its first axis. */
  batch: string;
}

/** Pairs of batch sizes that are tried: where one of them equals another length of the drawing, the two programs may differ in more than lengths. */
const SIZES: readonly (readonly [number, number])[] = [[5, 7], [11, 13], [17, 23]];

/** What is computed depends on how many examples there are, not only along the batch axis. */
export class MixesBatch extends Error {
  override name = "MixesBatch";
}

/**
 * The file's bytes. `at` writes the program for a number of examples. Every output's first axis must be the batch.
 *
 * @throws MixesBatch where a constant or the structure depends on the number of examples, as a mean over the batch does.
 */
export function programsToBatchedOnnx(at: (examples: number) => Program, options: BatchedOptions): Uint8Array {
  let problem: unknown;
  for (const [few, more] of SIZES) {
    const [a, b] = [few, more].map((n) => fromBinary(ModelProtoSchema, lowerProgram(at(n), options).bytes)) as [ModelProto, ModelProto];
    try {
      return toBinary(ModelProtoSchema, opened(a, b, few, more, options));
    } catch (error) {
      if (!(error instanceof MixesBatch)) throw error;
      problem ??= error;
    }
  }
  throw problem;
}

function opened(a: ModelProto, b: ModelProto, few: number, more: number, { weights, batch }: BatchedOptions): ModelProto {
  const [g, h] = [a.graph!, b.graph!];
  const [own, other] = [byName(g.initializer), byName(h.initializer)];
  if (g.node.length !== h.node.length) throw new MixesBatch(`${g.node.length} operators for ${few} examples, and ${h.node.length} for ${more}`);
  const made = new Lengths(batch, few, more);
  const nodes: NodeProto[] = g.node.map((node, i) => {
    const twin = h.node[i]!;
    const same = node.opType === twin.opType && node.input.length === twin.input.length && node.attribute.length === twin.attribute.length && node.attribute.every((x, k) => equals(AttributeProtoSchema, x, twin.attribute[k]!));
    if (!same) throw new MixesBatch(`the operator ${node.opType} is written differently for ${few} and for ${more} examples`);
    const input = node.input.map((name, k) => {
      const [mine, theirs] = [own.get(name), other.get(twin.input[k]!)];
      if (!mine && !theirs && name === twin.input[k]) return name;
      if (!mine || !theirs) throw new MixesBatch(`${node.opType} reads ${name} for ${few} examples, and ${twin.input[k]} for ${more}`);
      return sameTensor(mine, theirs) ? name : made.lengths(mine, theirs, node.opType === "Reshape");
    });
    return create(NodeProtoSchema, { ...node, input });
  });
  const all = [...made.nodes, ...nodes];
  const needed = new Set(all.flatMap((n) => n.input));
  g.node = all;
  g.initializer = [...g.initializer, ...made.initialisers].filter((t) => needed.has(t.name));
  for (const [name, t] of weights)
    if (needed.has(name)) g.initializer.push(create(TensorProtoSchema, { name, dataType: DATA_TYPE[t.dtype], dims: t.shape.map(BigInt), rawData: new Uint8Array(t.data.buffer, t.data.byteOffset, t.data.byteLength) }));
  g.input = g.input.filter((i) => i.name === batch);
  for (const [i, info] of [...g.input, ...g.output].entries()) openAxis(info, [...h.input.filter((p) => p.name === batch), ...h.output][i]!, few, more);
  return a;
}

/** int64 constants that follow the number of examples, computed from the input's own shape. */
class Lengths {
  readonly nodes: NodeProto[] = [];
  readonly initialisers: TensorProto[] = [];
  readonly #batch: string;
  readonly #few: number;
  readonly #more: number;

  constructor(batch: string, few: number, more: number) {
    this.#batch = batch;
    this.#few = few;
    this.#more = more;
  }

  /** The name of the same lengths for any number of examples. */
  lengths(mine: TensorProto, theirs: TensorProto, reshape: boolean): string {
    if (mine.dataType !== DataType.INT64 || theirs.dataType !== DataType.INT64 || mine.dims.length !== 1 || mine.dims[0] !== theirs.dims[0])
      throw new MixesBatch("a constant depends on the number of examples");
    const [a, b] = [int64s(mine), int64s(theirs)];
    const changed = a.flatMap((v, i) => (v === b[i] ? [] : [i]));
    // A reshape finds one length by itself.
    if (reshape && changed.length === 1 && !a.includes(-1) && !a.includes(0)) return this.#constant(a.map((v, i) => (i === changed[0] ? -1 : v)));
    const slope = a.map((v, i) => (b[i]! - v) / (this.#more - this.#few));
    if (!slope.every(Number.isInteger)) throw new MixesBatch("a length does not follow the number of examples");
    const scaled = this.#node("Mul", [this.#examples(), this.#constant(slope)]);
    return this.#node("Add", [scaled, this.#constant(a.map((v, i) => v - slope[i]! * this.#few))]);
  }

  #count = "";

  /** int64 `[1]` */
  #examples(): string {
    return (this.#count ||= this.#node("Gather", [this.#node("Shape", [this.#batch]), this.#constant([0])]));
  }

  #constant(values: readonly number[]): string {
    const name = `batch_lengths_${this.initialisers.length}`;
    this.initialisers.push(create(TensorProtoSchema, { name, dataType: DataType.INT64, dims: [BigInt(values.length)], rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) }));
    return name;
  }

  #node(opType: string, input: string[]): string {
    const name = `batch_${opType.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push(create(NodeProtoSchema, { name, opType, input, output: [name] }));
    return name;
  }
}

const byName = (tensors: readonly TensorProto[]): ReadonlyMap<string, TensorProto> => new Map(tensors.map((t) => [t.name, t]));

const sameTensor = (a: TensorProto, b: TensorProto): boolean =>
  a.dataType === b.dataType && a.dims.length === b.dims.length && a.dims.every((d, i) => d === b.dims[i]) && a.rawData.length === b.rawData.length && a.rawData.every((v, i) => v === b.rawData[i]);

const int64s = (t: TensorProto): number[] => Array.from(new BigInt64Array(t.rawData.slice().buffer), Number);

/** The first axis gets a name in the place of its length; no other may differ. */
function openAxis(info: ValueInfoProto, twin: ValueInfoProto, few: number, more: number): void {
  const [mine, theirs] = [info, twin].map((i) => (i.type?.value.case === "tensorType" ? i.type.value.value.shape!.dim : []));
  mine!.forEach((dim, i) => {
    const [a, b] = [dim, theirs![i]!].map((d) => Number(d.value.value));
    if (i === 0 ? a !== few || b !== more : a !== b) throw new MixesBatch(`“${info.name}” has ${a} along axis ${i} for ${few} examples, and ${b} for ${more}`);
  });
  if (!mine!.length) throw new MixesBatch(`“${info.name}” has no batch axis`);
  mine![0] = create(TensorShapeProto_DimensionSchema, { value: { case: "dimParam", value: "N" } });
}
