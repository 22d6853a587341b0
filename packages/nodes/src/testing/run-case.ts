/** Runs one worked example as a graph of its own: a source for each input, the node, its outputs as the graph's. For tests. */
import { createRegistry, type Dim, type GraphDocument, type PortType } from "@patchbay/graph-core";
// oxlint-disable-next-line no-restricted-imports -- used by tests alone, never shipped
import { loadGraph, run, type BackendId, type RunResult } from "@patchbay/runtime";
import { defineNode, type NodeCase, type RunnableNode, type RuntimeValue, type TensorValue } from "@patchbay/runtime/node-api";
import { nodes } from "../index.ts";

/** The most exact type of a value that is at hand. */
export function typeOf(value: RuntimeValue): PortType {
  switch (value.kind) {
    case "tensor":
      return { kind: "tensor", dtype: value.dtype, shape: value.shape, ...(value.network ? { network: value.network } : {}) };
    case "image":
      return { kind: "image", width: value.width, height: value.height };
    case "activations":
      return { kind: "activations", network: value.network, layers: value.layers.map((l) => ({ name: l.name, shape: l.tensor.shape })) };
    case "gallery":
      return { kind: "gallery", network: value.network };
    case "dataset":
      return { kind: "dataset", example: value.example, ...(value.meaning ? { meaning: value.meaning } : {}), ...(value.network ? { network: value.network } : {}) };
    case "network":
      return { kind: "network", network: value.network, input: null, output: null, layers: [] };
    default:
      return { kind: value.kind } as PortType;
  }
}

const given = (index: number, value: RuntimeValue): RunnableNode =>
  defineNode({
    type: `Given${index}`, version: 1, title: "Given", group: "Test", doc: "A value of a worked example.", inputs: [], params: [],
    outputs: [{ name: "value", doc: "The value.", type: typeOf(value) }],
    evaluate: async () => ({ value }),
  });

/** The graph of a case, and the registry that knows its sources. An optimiser's loss needs a variable upstream: it gets its own. */
export function caseGraph(node: RunnableNode, example: NodeCase) {
  const values = [
    ...Object.entries(example.inputs ?? {}).map(([port, value]) => ({ port, value })),
    ...Object.entries(example.inputLists ?? {}).flatMap(([port, list]) => list.map((value) => ({ port, value }))),
  ];
  const document: GraphDocument = {
    format: "patchbay-graph",
    version: 1,
    nodes: [
      ...values.map((_, i) => ({ id: `given-${i}`, type: `Given${i}`, version: 1, params: {}, position: { x: 0, y: 100 * i } })),
      { id: "node", type: node.type, version: node.version, params: example.params ?? {}, position: { x: 300, y: 0 } },
    ],
    wires: values.map(({ port }, i) => ({ from: `given-${i}.value`, to: `node.${port}` })),
    interface: { inputs: [], outputs: node.outputs.map(({ name }) => ({ name, node: "node", port: name })) },
  };
  return { document, registry: createRegistry<RunnableNode>([...nodes.declarations.filter((d) => d.type !== node.type), node, ...values.map(({ value }, i) => given(i, value))]) };
}

/** Runs it; the types are those inferred before anything ran. */
export async function runCase(node: RunnableNode, example: NodeCase, backend: BackendId): Promise<{ result: RunResult; types: ReadonlyMap<string, PortType> }> {
  const { document, registry } = caseGraph(node, example);
  const graph = await loadGraph(document, { nodes: registry });
  try {
    return { result: await run(graph, { backend }), types: graph.inference.types };
  } finally {
    await graph.dispose();
  }
}

/** The largest difference of two values, relative to the largest expected magnitude (at least 1e-3); plain values must be equal. */
export function difference(found: RuntimeValue, expected: RuntimeValue): number {
  if (found.kind === "tensor" && expected.kind === "tensor") return tensorDifference(found, expected);
  if (found.kind === "activations" && expected.kind === "activations" && found.layers.length === expected.layers.length)
    return Math.max(...found.layers.map((l, i) => (l.name === expected.layers[i]!.name ? tensorDifference(l.tensor, expected.layers[i]!.tensor) : Infinity)));
  return equal(found, expected) ? 0 : Infinity;
}

function tensorDifference(found: Omit<TensorValue, "kind">, expected: Omit<TensorValue, "kind">): number {
  if (found.dtype !== expected.dtype || found.shape.join() !== expected.shape.join()) return Infinity;
  let [most, largest] = [0, 1e-3];
  for (let i = 0; i < expected.data.length; i++) {
    const apart = Math.abs(found.data[i]! - expected.data[i]!);
    most = apart <= most ? most : apart; // NaN stays
    largest = Math.max(largest, Math.abs(expected.data[i]!));
  }
  return Number.isNaN(most) ? Infinity : most / largest;
}

/** Plain data, with numbers equal to seven digits. */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return Object.is(a, b) || Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a).filter(([, v]) => v !== undefined), Object.entries(b).filter(([, v]) => v !== undefined)];
  return left.length === right.length && left.every(([key, v]) => Object.hasOwn(b, key) && equal(v, (b as { [key: string]: unknown })[key]));
}

/** Whether an inferred type leaves room for the value: every length that was told is the one that came out. */
export function contradiction(type: PortType | undefined, value: RuntimeValue): string | null {
  if (!type) return "no type was inferred";
  const actual = typeOf(value);
  const clash = (told: readonly Dim[] | null, came: readonly Dim[]) => told !== null && (told.length !== came.length || told.some((d, i) => typeof d === "number" && d !== came[i]));
  if (type.kind === "any") return null;
  if (type.kind !== actual.kind) return `${type.kind} was inferred and ${actual.kind} came out`;
  if (type.kind === "tensor" && actual.kind === "tensor" && (type.dtype !== actual.dtype || clash(type.shape, actual.shape!))) return `${type.dtype}[${type.shape}] was inferred and ${actual.dtype}[${actual.shape}] came out`;
  if (type.kind === "dataset" && actual.kind === "dataset" && clash(type.example, actual.example!)) return `examples [${type.example}] were inferred and [${actual.example}] came out`;
  if (type.kind === "image" && actual.kind === "image" && clash([type.height, type.width], [actual.height, actual.width])) return `a ${type.width}×${type.height} picture was inferred and ${actual.width}×${actual.height} came out`;
  if (type.kind === "activations" && actual.kind === "activations" && (type.layers.length !== actual.layers.length || type.layers.some((l, i) => l.name !== actual.layers[i]!.name || clash(l.shape, actual.layers[i]!.shape))))
    return `layers ${type.layers.map((l) => `${l.name}[${l.shape}]`)} were inferred and ${actual.layers.map((l) => `${l.name}[${l.shape}]`)} came out`;
  return null;
}
