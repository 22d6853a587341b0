/** Reads an ONNX file as a network that can be written as IR. */
import { fromBinary } from "@bufbuild/protobuf";
import { GraphNetwork } from "../../networks/graph-network.ts";
import { damaged, unsupported } from "../../networks/failures.ts";
import type { Known } from "../../networks/known.ts";
import type { NetworkPort, NetworkSource } from "../../networks/network-source.ts";
import type { Branch, GraphNode } from "../../networks/rule.ts";
import { NodeFailure } from "../../node-api/host.ts";
import { ModelProtoSchema, type GraphProto, type ModelProto, type NodeProto, type ValueInfoProto } from "../generated/onnx_pb.ts";
import { ONNX_OPERATORS } from "./operators.ts";
import { readAttributes } from "./read-attributes.ts";
import { constantOfNode } from "./constant-node.ts";
import { checkSize } from "./measure.ts";
import { elemName, ELEMS, readTensor } from "./read-tensor.ts";
import { checkSubgraphs } from "./subgraphs.ts";

/** The newest operator set whose meanings the rules know. */
const NEWEST = 28;
/** Attributes that rules may leave unread: of training, of precisions, and of variants that a node does not choose. */
const HARMLESS: ReadonlySet<string> = new Set([
  "consumed_inputs", "broadcast", "is_test", "spatial", "momentum", "seed", "ratio", "stash_type", "saturate", "round_mode", "precision", "output_dtype",
  "pads", "keepdims", "noop_with_empty_axes", "num_outputs", "sorted", "kernel_shape", "storage_order", "cubic_coeff_a", "exclude_outside", "extrapolation_value", "nearest_mode", "value", "width_scale", "height_scale",
]);
/** Operators that meant something else before a version. */
const SINCE: { readonly [op: string]: number } = { Cast: 6, Pad: 2, Tile: 6, Upsample: 7 };

/**
 * Throws NodeFailure: `network-damaged` for what is no ONNX file or a broken one, `network-unsupported` for data kept in other files.
 * Bounded in time and memory by the file's own size.
 */
export function readOnnxNetwork(bytes: Uint8Array, name: string): NetworkSource {
  try {
    checkSize(name, bytes);
    return read(fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false }), name);
  } catch (error) {
    if (error instanceof NodeFailure) throw error;
    // Whatever a decoder makes of broken bytes: ends too early, nests too deeply, asks for too much.
    throw damaged(name, `It is no ONNX file, or a part of one${error instanceof Error ? ` (${error.message})` : ""}.`);
  }
}

function read(model: ModelProto, file: string): NetworkSource {
  const graph = model.graph;
  if (!graph || (!graph.node.length && !graph.output.length)) throw damaged(file, "It holds no graph.");
  const unsafe = checkSubgraphs(file, graph, model.functions);
  const version = Number(model.opsetImport.find((o) => isStandard(o.domain))?.version ?? 1n);
  const constants = new Map<string, Known>();
  const opaque = whyOpaque(file, graph, version);
  if (!opaque) for (const t of graph.initializer) constants.set(t.name, readTensor(file, t));
  const nodes = opaque ? [] : graph.node.flatMap((n) => readNode(file, n, version, constants));
  const initialised = new Set(graph.initializer.map((t) => t.name));
  const inputs = graph.input.filter((i) => !initialised.has(i.name)).map(readPort);
  return new GraphNetwork({ file, inputs, outputs: graph.output.map(readPort), constants, nodes, operators: ONNX_OPERATORS, opaque, unsafe, harmless: HARMLESS });
}

const isStandard = (domain: string): boolean => domain === "" || domain === "ai.onnx";

/** The sentence why this graph cannot be written as IR. */
function whyOpaque(file: string, graph: GraphProto, version: number): string | null {
  const cannot = (why: string) => `${file} cannot be opened up: ${why}. It can still be run as a whole, without a gradient.`;
  if (version > NEWEST) return cannot(`it is written for version ${version} of ONNX's operators, and versions up to ${NEWEST} are known`);
  const all = [...graph.node, ...graph.node.flatMap(insideBranches)];
  const outside = all.find((n) => !isStandard(n.domain) || (!ONNX_OPERATORS.has(n.opType) && n.opType !== "Constant" && n.opType !== "If"));
  if (outside) return cannot(`the operator ${isStandard(outside.domain) ? "" : `${outside.domain}.`}${outside.opType}${outside.name ? ` (“${outside.name}”)` : ""} is outside the set that can be differentiated`);
  const early = all.find((n) => version < (SINCE[n.opType] ?? 0));
  if (early) return cannot(`the operator ${early.opType} means something else in version ${version} of ONNX's operators`);
  if (graph.sparseInitializer.length) return cannot("it holds sparse tensors");
  const text = graph.initializer.find((t) => !ELEMS[t.dataType]);
  if (text) return cannot(`its tensor “${text.name}” holds ${elemName(text.dataType)}`);
  const port = [...graph.input, ...graph.output].find((p) => p.type && (p.type.value.case !== "tensorType" || (p.type.value.value.elemType && !ELEMS[p.type.value.value.elemType])));
  if (port) return cannot(`“${port.name}” is ${port.type!.value.case === "tensorType" ? elemName(port.type!.value.value.elemType) : `a ${port.type!.value.case?.replace("Type", "") ?? "value of no type"}`}`);
  return null;
}

const branchesOf = (n: NodeProto): GraphProto[] => (n.opType === "If" ? ["then_branch", "else_branch"].flatMap((name) => n.attribute.find((a) => a.name === name)?.g ?? []) : []);
/** Nodes of an If's branches, and of those inside them. */
const insideBranches = (n: NodeProto): NodeProto[] => branchesOf(n).flatMap((g) => g.node.flatMap((inner) => [inner, ...insideBranches(inner)]));

/** Its branches become a part of the graph; which one, shapes decide when it is written. */
function readIf(file: string, n: NodeProto, version: number): GraphNode {
  const graphs = branchesOf(n);
  if (graphs.length !== 2 || n.input.length !== 1) throw damaged(file, `Its If “${n.name}” has no two branches.`);
  const outer = new Set<string>();
  const [yes, no] = graphs.map((g): Branch => {
    const constants = new Map(g.initializer.map((t) => [t.name, readTensor(file, t)]));
    const nodes = g.node.flatMap((inner) => readNode(file, inner, version, constants));
    const own = new Set([...constants.keys(), ...nodes.flatMap((inner) => inner.outputs)]);
    const outputs = g.output.map((o) => o.name);
    for (const name of [...nodes.flatMap((inner) => inner.inputs), ...outputs]) if (name && !own.has(name)) outer.add(name);
    return { nodes, constants, outputs };
  });
  return { name: n.name, op: n.opType, inputs: [n.input[0]!, ...outer], outputs: n.output, attributes: readAttributes(file, []), version, branches: [yes!, no!] };
}

function readNode(file: string, n: NodeProto, version: number, constants: Map<string, Known>): GraphNode[] {
  const attributes = readAttributes(file, n.attribute);
  if (n.opType === "Constant") {
    const known = constantOfNode(attributes);
    if (!known) throw unsupported(`${file}: the Constant “${n.output[0] ?? n.name}” holds what cannot be carried (text or a sparse tensor).`);
    if (constants.has(n.output[0] ?? "")) throw damaged(file, `The value “${n.output[0]}” is computed twice.`);
    constants.set(n.output[0] ?? "", known);
    return [];
  }
  if (n.opType === "If") return [readIf(file, n, version)];
  return [{ name: n.name, op: n.opType, inputs: trimmed(n.input), outputs: n.output, attributes, version }];
}

/** Without empty names at the end. */
function trimmed(names: readonly string[]): readonly string[] {
  let end = names.length;
  while (end > 0 && !names[end - 1]) end--;
  return names.slice(0, end);
}

function readPort(info: ValueInfoProto): NetworkPort {
  const type = info.type?.value;
  if (type?.case !== "tensorType") return { name: info.name, dtype: type?.case?.replace("Type", "") ?? "float32", shape: [] };
  const shape = (type.value.shape?.dim ?? []).map((d) => (d.value.case === "dimValue" && d.value.value > 0n ? Number(d.value.value) : d.value.case === "dimValue" && d.value.value === 0n ? 0 : null));
  return { name: info.name, dtype: elemName(type.value.elemType || 1), shape };
}
