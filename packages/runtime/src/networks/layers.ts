/** The layers of a network graph, found without running it: names, what feeds them, what of it they see, how many channels. */
import type { NetworkGraph } from "./graph-network.ts";
import type { NetworkLayer, NetworkWindow } from "./network-source.ts";
import type { GraphNode } from "./rule.ts";

/** What is known of a value when layers are described. */
export interface LayerContext {
  readonly node: GraphNode;
  /** The shape of an input where it is a constant (for a weight through transposes and the like: of what it is made from). */
  shape(input: number): readonly number[] | undefined;
  /** The numbers of an input where it is a constant. */
  numbers(input: number): readonly number[] | undefined;
  /** Channels of the inputs that are computed, in order. */
  readonly channels: readonly (number | null)[];
}

export interface LayerFacts {
  readonly reach: NetworkLayer["reach"];
  readonly window?: NetworkWindow;
  readonly channels: number | null;
}
export type LayerRule = (context: LayerContext) => LayerFacts;

export interface NamedLayer {
  readonly layer: NetworkLayer;
  readonly value: string;
}

/** What a value shows of its origin: itself where it is a layer or an input, otherwise the layers behind it. */
interface Origin {
  readonly from: readonly string[];
  readonly channels: number | null;
  readonly axis: NetworkLayer["channelAxis"];
}

/** ONNX's operators whose second axis is that of the channels. */
const CHANNELS_FIRST: ReadonlySet<string> = new Set(["Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool", "GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool", "BatchNormalization", "InstanceNormalization", "LRN", "DepthToSpace", "SpaceToDepth"]);

/** Operators that read shapes, never numbers. */
const READS_SHAPES: ReadonlySet<string> = new Set(["Shape", "Size", "ConstantOfShape", "Range"]);
/** Operators after which the second axis is no longer that of the channels. */
const MIXES: ReadonlySet<string> = new Set(["Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "ExpandDims"]);

export function describeLayers(graph: NetworkGraph): NamedLayer[] {
  const names = layerNames(graph);
  const origins = new Map<string, Origin>(graph.inputs.map((i) => [i.name, { from: [i.name], channels: null, axis: undefined }]));
  const layers: NamedLayer[] = [];
  for (const node of graph.nodes) {
    if (READS_SHAPES.has(node.op)) continue;
    const feeding = node.inputs.flatMap((name) => origins.get(name) ?? []);
    if (!feeding.length) continue; // shape arithmetic, or weights on their way
    const from = [...new Set(feeding.flatMap((o) => o.from))];
    const rule = graph.operators.get(node.op)?.layer;
    if (!rule) {
      const channels = MIXES.has(node.op) ? null : feeding[0]!.channels;
      for (const output of node.outputs) if (output) origins.set(output, { from, channels, axis: turned(node, feeding[0]!.axis) });
      continue;
    }
    const facts = rule(contextOf(graph, node, feeding));
    node.outputs.forEach((value, i) => {
      if (!value) return;
      const name = names(node, i);
      const axis = graph.channelsLast ? "last" : CHANNELS_FIRST.has(node.op) ? "first" : facts.reach === "point" ? feeding.find((o) => o.axis)?.axis : undefined;
      origins.set(value, { from: [name], channels: facts.channels, axis });
      layers.push({ value, layer: { name, op: node.op, channels: facts.channels, reach: facts.reach, ...(facts.window ? { window: facts.window } : {}), ...(axis ? { channelAxis: axis } : {}), from } });
    });
  }
  return layers;
}

/** Where the channels are after an operator that only moves numbers. */
function turned(node: GraphNode, axis: Origin["axis"]): Origin["axis"] {
  if (!MIXES.has(node.op)) return axis;
  const perm = node.op === "Transpose" ? (node.attributes.raw("perm") as unknown) : undefined;
  if (!Array.isArray(perm) || perm.length < 3) return undefined;
  const order = perm.map(Number);
  const last = order.length - 1;
  if (axis === "first") return order[last] === 1 ? "last" : order[1] === 1 ? "first" : undefined;
  return axis === "last" && order[1] === last ? "first" : undefined;
}

function contextOf(graph: NetworkGraph, node: GraphNode, feeding: readonly Origin[]): LayerContext {
  const constant = (input: number) => graph.constants.get(node.inputs[input] ?? "");
  return {
    node,
    shape: (input) => constant(input)?.shape,
    numbers: (input) => {
      const known = constant(input);
      return known && known.data.length <= 64 ? Array.from(known.data) : undefined;
    },
    channels: feeding.map((o) => o.channels),
  };
}

/** A layer has its node's name where that is unique, otherwise its value's, which always is. */
function layerNames(graph: NetworkGraph): (node: GraphNode, output: number) => string {
  const counts = new Map<string, number>();
  for (const { name } of graph.nodes) counts.set(name, (counts.get(name) ?? 0) + 1);
  const values = new Set([...graph.inputs.map((i) => i.name), ...graph.outputs.map((o) => o.name), ...graph.constants.keys(), ...graph.nodes.flatMap((n) => n.outputs)]);
  return (node, output) => {
    const value = node.outputs[output]!;
    const name = output === 0 ? node.name : `${node.name}:${output}`;
    return node.name && counts.get(node.name) === 1 && !values.has(name) && !counts.has(`${node.name}:${output}`) ? name : value;
  };
}
