/** Writes a program as one ONNX model of standard operators: what the ONNX backends run and what `export` saves. */
import { create, toBinary } from "@bufbuild/protobuf";
import type { OpName } from "../ir/ops.ts";
import type { Equation, Program, ValueId } from "../ir/program.ts";
import type { StaticType } from "../ir/tensor.ts";
import {
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type ValueInfoProto,
} from "./generated/onnx_pb.ts";
import { LOWER, type LowerRule } from "./lower/index.ts";
import { DATA_TYPE, OnnxGraph, type Operand } from "./onnx-graph.ts";

/** Read by every ONNX tool since 2022 (ONNX 1.12, onnxruntime 1.12). */
export const OPSET = 17;
export const IR_VERSION = 8;

/** protobuf holds a message below 2 GiB. */
const LARGEST_MODEL = 2 ** 31 - 1;

export interface OnnxOptions {
  /** Name of the graph. */
  name?: string;
  docString?: string;
  /** Key-value pairs of the model, which ONNX tools show. */
  metadata?: Readonly<Record<string, string>>;
  /** Documentation of inputs and outputs by name. */
  docs?: Readonly<Record<string, string>>;
}

export interface OnnxModel {
  readonly bytes: Uint8Array;
  /** ONNX names, in the order of `program.inputs` and `program.outputs`. */
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/**
 * The model's bytes. Inputs and outputs keep the program's names; an output that has an input's name, as the state of a
 * loop may, is called `name_next`, since ONNX knows each name once.
 *
 * @throws RangeError where the model would exceed protobuf's 2 GiB.
 */
export function programToOnnx(program: Program, options: OnnxOptions = {}): Uint8Array {
  return lowerProgram(program, options).bytes;
}

/** `programToOnnx` together with the names that the model's inputs and outputs got. */
export function lowerProgram(program: Program, options: OnnxOptions = {}): OnnxModel {
  const inputNames = program.inputs.map((i) => i.name);
  const outputNames = distinctOutputNames(inputNames, program.outputs.map((o) => o.name));
  const graph = new OnnxGraph([...inputNames, ...outputNames]);
  const operands = new Map<ValueId, Operand>();
  for (const { name, value } of program.inputs) operands.set(value, { name, ...program.types[value]! });
  for (const equation of program.equations) lowerEquation(graph, program, equation, operands);

  // An operator's result takes the output's name; where that cannot be (it is an input, a constant, or named already), it is copied.
  const rename = new Map<string, string>();
  const inputs = new Set(inputNames);
  const results = program.outputs.map(({ value }, i) => {
    const { name } = operands.get(value)!;
    if (inputs.has(name) || graph.isInitialiser(name) || rename.has(name)) {
      const copy = graph.node("Identity", [name]);
      rename.set(copy, outputNames[i]!);
      return copy;
    }
    rename.set(name, outputNames[i]!);
    return name;
  });

  const { nodes, initialisers } = graph.finish(results, rename);
  const size = initialisers.reduce((n, i) => n + i.rawData.byteLength, 0);
  if (size > LARGEST_MODEL) throw new RangeError(`The constants hold ${size} bytes; an ONNX file holds at most ${LARGEST_MODEL}.`);
  const info = (name: string, value: ValueId) => valueInfo(name, program.types[value]!, options.docs?.[name]);
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSION),
    opsetImport: [create(OperatorSetIdProtoSchema, { domain: "", version: BigInt(OPSET) })],
    producerName: "patchbay",
    graph: create(GraphProtoSchema, {
      name: options.name ?? "patchbay",
      node: nodes,
      initializer: initialisers,
      input: program.inputs.map((i) => info(i.name, i.value)),
      output: program.outputs.map((o, i) => info(outputNames[i]!, o.value)),
    }),
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
    ...(options.docString === undefined ? {} : { docString: options.docString }),
  });
  return { bytes: toBinary(ModelProtoSchema, model), inputNames, outputNames };
}

function lowerEquation(graph: OnnxGraph, program: Program, equation: Equation, operands: Map<ValueId, Operand>): void {
  const { op, attrs, inputs, outputs } = equation;
  graph.setScope(op);
  const given = inputs.map((i) => operands.get(i)!);
  const types = outputs.map((o) => program.types[o]!);
  const lowered = (LOWER[op] as LowerRule<OpName>)(graph, attrs, given, types);
  const names = typeof lowered === "string" ? [lowered] : lowered;
  outputs.forEach((id, i) => {
    const narrow = op === "broadcast" ? (given[0]!.narrow ?? given[0]!) : undefined;
    operands.set(id, { name: names[i]!, ...types[i]!, ...(narrow ? { narrow } : {}) });
  });
}

function distinctOutputNames(inputs: readonly string[], outputs: readonly string[]): string[] {
  const taken = new Set([...inputs, ...outputs]);
  const isInput = new Set(inputs);
  return outputs.map((name) => {
    if (!isInput.has(name)) return name;
    let next = `${name}_next`;
    while (taken.has(next)) next += "_";
    taken.add(next);
    return next;
  });
}

function valueInfo(name: string, { dtype, shape }: StaticType, docString?: string): ValueInfoProto {
  const dim = shape.map((d) => create(TensorShapeProto_DimensionSchema, { value: { case: "dimValue", value: BigInt(d) } }));
  const tensorType = create(TypeProto_TensorSchema, { elemType: DATA_TYPE[dtype], shape: create(TensorShapeProtoSchema, { dim }) });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: "tensorType", value: tensorType } }),
    ...(docString === undefined ? {} : { docString }),
  });
}
