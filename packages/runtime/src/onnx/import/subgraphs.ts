/** What must be known of a file before any engine may run it: nothing kept elsewhere, and no loop without an end. */
import { damaged } from "../../networks/failures.ts";
import { refuseExternal } from "./read-tensor.ts";
import type { AttributeProto, FunctionProto, GraphProto, NodeProto, TensorProto } from "../generated/onnx_pb.ts";

/** Graphs within graphs; exporters reach three or four. */
const DEEPEST = 16;
/** Rounds of a loop, all loops around it included. */
const MOST_ROUNDS = 1_000_000;
/** Nodes of all functions once each call is replaced by what it calls. */
const MOST_NODES = 1_000_000;

/**
 * Walks the graph with every graph inside it. Throws NodeFailure for data kept in other files and for graphs nested too deeply.
 * Returns the sentence why the file must not be run at all (it could run forever), or null.
 */
export function checkSubgraphs(file: string, graph: GraphProto, functions: readonly FunctionProto[]): string | null {
  let unsafe: string | null = null;

  const visitGraph = (g: GraphProto, depth: number, rounds: number): void => {
    if (depth > DEEPEST) throw damaged(file, `Its graphs are nested more than ${DEEPEST} deep.`);
    for (const t of g.initializer) refuseExternal(file, t);
    for (const t of g.sparseInitializer) for (const part of [t.values, t.indices]) if (part) refuseExternal(file, part);
    const constants = new Map(g.initializer.map((t) => [t.name, t]));
    for (const node of g.node) visitNode(node, constants, depth, rounds);
  };

  const visitNode = (node: NodeProto, constants: Map<string, TensorProto>, depth: number, rounds: number): void => {
    const value = node.opType === "Constant" ? node.attribute.find((a) => a.name === "value")?.t : undefined;
    if (value && node.output[0]) constants.set(node.output[0], value);
    let inside = rounds;
    if (node.opType === "Loop") {
      inside *= roundsOf(constants.get(node.input[0] ?? ""));
      if (!(inside <= MOST_ROUNDS))
        unsafe ??= `${file} holds the operator Loop${node.name ? ` (“${node.name}”)` : ""} without a fixed number of rounds of at most ${MOST_ROUNDS}. It could run forever and could not be stopped, so it is not run at all.`;
    }
    for (const a of node.attribute) visitAttribute(a, depth, inside);
  };

  const visitAttribute = (a: AttributeProto, depth: number, rounds: number): void => {
    for (const t of a.t ? [a.t, ...a.tensors] : a.tensors) refuseExternal(file, t);
    for (const s of a.sparseTensor ? [a.sparseTensor, ...a.sparseTensors] : a.sparseTensors) for (const part of [s.values, s.indices]) if (part) refuseExternal(file, part);
    for (const g of a.g ? [a.g, ...a.graphs] : a.graphs) visitGraph(g, depth + 1, rounds);
  };

  visitGraph(graph, 0, 1);
  // A function may be called from anywhere, so that no number of rounds is fixed inside one.
  for (const f of functions) for (const node of f.node) visitNode(node, new Map(), 1, Infinity);
  return unsafe ?? tooManyCalls(file, functions);
}

/** Functions that call functions grow without bound in a few lines. */
function tooManyCalls(file: string, functions: readonly FunctionProto[]): string | null {
  const byName = new Map(functions.map((f) => [`${f.domain}.${f.name}`, f]));
  const sizes = new Map<FunctionProto, number>();
  const sizeOf = (f: FunctionProto): number => {
    const known = sizes.get(f);
    if (known !== undefined) return known;
    sizes.set(f, Infinity); // one that calls itself never ends
    const size = f.node.reduce((n, node) => {
      const called = byName.get(`${node.domain}.${node.opType}`);
      return n + (called ? sizeOf(called) : 1);
    }, 0);
    sizes.set(f, size);
    return size;
  };
  const large = functions.find((f) => !(sizeOf(f) <= MOST_NODES));
  return large ? `${file} holds the function ${large.name}, which calls itself or grows to more than ${MOST_NODES} operators. It is not run at all.` : null;
}

/** The fixed number of rounds; Infinity where there is none. */
function roundsOf(count: TensorProto | undefined): number {
  if (!count) return Infinity;
  const [listed] = count.int64Data;
  const rounds = listed ?? (count.rawData.length === 8 ? new DataView(count.rawData.buffer, count.rawData.byteOffset, 8).getBigInt64(0, true) : -1n);
  return rounds < 0n ? Infinity : Number(rounds);
}
