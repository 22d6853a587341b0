/** A small library of node types for this package's tests: every feature of a declaration occurs in it. */
import type { InferContext, InferResult, NodeDeclaration } from "../declaration/declaration.ts";
import { createRegistry } from "../declaration/registry.ts";
import type { GraphBody, GraphDocument, GraphNode, Json } from "../document/document.ts";
import { emptyGraph } from "../document/endpoint.ts";
import { convShape } from "../types/conv-shape.ts";
import type { PortType, TensorType } from "../types/port-type.ts";

const tensor = (shape: TensorType["shape"], meaning?: TensorType["meaning"], network?: string): TensorType => ({
  kind: "tensor",
  dtype: "float32",
  shape,
  ...(meaning ? { meaning } : {}),
  ...(network ? { network } : {}),
});
const NETWORKS = ["face-128", "other-net"].map((value) => ({ value, title: value }));
const base = { version: 1, group: "test", doc: "A node for tests." };

function convInfer(context: InferContext): InferResult {
  const input = context.inputs.image;
  if (input?.kind !== "tensor" || !input.shape) return {};
  const { kernel, filters, stride } = context.params as { kernel: number; filters: number; stride: number };
  const windows = input.shape.slice(2).map(() => ({ kernel, stride }));
  const result = convShape(input.shape, { windows, filters });
  if (!result.ok) return { outputs: { image: null }, diagnostics: [{ code: result.code, severity: "error", message: result.reason, port: "image" }] };
  return { outputs: { image: tensor(result.shape, "activation") } };
}

const declarations: NodeDeclaration[] = [
  {
    ...base,
    type: "Image",
    title: "Image",
    inputs: [],
    outputs: [{ name: "image", doc: "The picture.", type: { kind: "image", width: "W", height: "H" } }],
    params: [{ kind: "file", name: "source", title: "File", help: "The picture.", default: "", accept: "image" }],
    infer({ params, facts }) {
      const fact = facts[params.source as string];
      if (fact?.kind === "missing") return { diagnostics: [{ code: "missing-file", severity: "error", message: fact.reason, param: "source" }] };
      return fact?.kind === "image" ? { outputs: { image: { kind: "image", width: fact.width, height: fact.height } } } : {};
    },
  },
  {
    ...base,
    type: "Resize",
    title: "Resize",
    inputs: [{ name: "image", doc: "A picture.", type: { kind: "image", width: "W", height: "H" } }],
    outputs: [{ name: "image", doc: "The picture in its new size.", type: { kind: "image", width: "W1", height: "H1" } }],
    params: [
      { kind: "number", name: "width", title: "Width", help: "In pixels.", default: 64, min: 1, max: 4096, integer: true, unit: "px" },
      { kind: "number", name: "height", title: "Height", help: "In pixels.", default: 64, min: 1, max: 4096, integer: true, unit: "px" },
    ],
    infer: ({ params }) => ({ outputs: { image: { kind: "image", width: params.width as number, height: params.height as number } } }),
  },
  {
    ...base,
    type: "Conv",
    title: "Convolution",
    inputs: [{ name: "image", doc: "Activations.", type: tensor(["N", "H", "W", "C"]) }],
    outputs: [{ name: "image", doc: "Activations.", type: tensor(["N", "H1", "W1", "F"], "activation") }],
    params: [
      { kind: "number", name: "kernel", title: "Kernel", help: "Its side.", default: 3, min: 1, max: 99, integer: true },
      { kind: "number", name: "stride", title: "Stride", help: "Its step.", default: 1, min: 1, max: 9, integer: true },
      { kind: "number", name: "filters", title: "Filters", help: "How many.", default: 8, min: 1, integer: true },
    ],
    infer: convInfer,
  },
  {
    ...base,
    type: "Rgb",
    title: "RGB only",
    inputs: [{ name: "image", doc: "Pixels.", type: tensor(["N", "H", "W", 3]) }],
    outputs: [{ name: "image", doc: "Pixels.", type: tensor(["N", "H", "W", 3], "image") }],
    params: [],
  },
  {
    ...base,
    type: "Encoder",
    title: "Encoder",
    inputs: [{ name: "image", doc: "Pixels.", type: tensor(["N", "H", "W", 3], "image") }],
    outputs: [{ name: "encoding", doc: "The encoding.", type: tensor(["N", 128], "encoding") }],
    params: [{ kind: "choice", name: "network", title: "Network", help: "Which.", default: "face-128", choices: NETWORKS }],
    infer: ({ outputs, params }) => ({ outputs: { encoding: { ...(outputs.encoding as TensorType), network: params.network as string } } }),
  },
  {
    ...base,
    type: "Distance",
    title: "Distance",
    inputs: ["a", "b"].map((name) => ({ name, doc: "An encoding.", type: tensor(["N", "K"], "encoding") })),
    outputs: [{ name: "distance", doc: "How far apart.", type: tensor([], "distance") }],
    params: [{ kind: "choice", name: "metric", title: "Metric", help: "Which.", default: "euclidean", choices: [{ value: "euclidean", title: "Euclidean" }, { value: "cosine", title: "Cosine" }] }],
  },
  {
    ...base,
    type: "Gram",
    title: "Gram matrix",
    inputs: [{ name: "activation", doc: "A layer.", type: tensor(["N", "H", "W", "C"], "activation") }],
    outputs: [{ name: "gram", doc: "C × C.", type: tensor(["C", "C"], "gram") }],
    params: [],
  },
  {
    ...base,
    type: "Threshold",
    version: 2,
    title: "Threshold",
    inputs: [{ name: "distance", doc: "A distance.", type: { kind: "number" } }],
    outputs: [{ name: "decision", doc: "Same or not.", type: { kind: "decision" } }],
    params: [
      { kind: "number", name: "threshold", title: "Threshold", help: "τ.", default: 0.6, min: 0 },
      { kind: "boolean", name: "explain", title: "Explain", help: "Adds the margin.", default: false },
      { kind: "text", name: "label", title: "Label", help: "Shown.", default: "", visibleWhen: { param: "explain", equals: [true] } },
    ],
    migrations: [{ to: 2, why: "“tau” became “threshold”.", renames: { tau: "threshold" }, up: ({ tau, ...rest }) => (tau === undefined ? rest : { ...rest, threshold: tau }) }],
  },
  {
    ...base,
    type: "Recognise",
    title: "Recognise",
    inputs: [
      { name: "encoding", doc: "Who.", type: tensor(["N", "K"], "encoding") },
      { name: "gallery", doc: "Among whom.", type: { kind: "gallery" } },
    ],
    outputs: [{ name: "identity", doc: "Who it is.", type: { kind: "identity" } }],
    params: [],
  },
  {
    ...base,
    type: "Gallery",
    title: "Gallery",
    inputs: [],
    outputs: [{ name: "gallery", doc: "People.", type: { kind: "gallery" } }],
    params: [{ kind: "choice", name: "network", title: "Network", help: "Which.", default: "face-128", choices: NETWORKS }],
    infer: ({ params }) => ({ outputs: { gallery: { kind: "gallery", network: params.network as string } } }),
  },
  {
    ...base,
    type: "Generated",
    title: "Generated image",
    role: "variable",
    inputs: [{ name: "start", doc: "Where to start.", type: { kind: "image", width: "W", height: "H" }, optional: true }],
    outputs: [{ name: "image", doc: "Its pixels.", type: tensor([1, "H", "W", 3], "image") }],
    params: [{ kind: "numbers", name: "tint", title: "Tint", help: "RGB.", default: [1, 1, 1], min: 0, max: 1 }],
  },
  {
    ...base,
    type: "Cost",
    title: "Content cost",
    inputs: ["target", "generated"].map((name) => ({ name, doc: "Pixels.", type: tensor(["N", "H", "W", "C"]) })),
    outputs: [{ name: "loss", doc: "The cost.", type: tensor([], "loss") }],
    params: [],
  },
  {
    ...base,
    type: "Total",
    title: "Total cost",
    inputs: [{ name: "terms", doc: "Losses.", type: tensor([], "loss"), multiple: true }],
    outputs: [{ name: "loss", doc: "Their sum.", type: tensor([], "loss") }],
    params: [{ kind: "numbers", name: "weights", title: "Weights", help: "One a term.", default: [] }],
    infer: ({ inputLists, params }) => {
      const [terms, weights] = [inputLists.terms!.length, (params.weights as Json[]).length];
      if (weights === 0 || weights === terms) return {};
      return { diagnostics: [{ code: "weights", severity: "error", message: `${weights} weights for ${terms} terms.`, param: "weights" }] };
    },
  },
  {
    ...base,
    type: "Optimiser",
    title: "Pixel optimiser",
    role: "optimiser",
    inputs: [{ name: "loss", doc: "To minimise.", type: tensor([], "loss") }],
    outputs: [{ name: "image", doc: "The result.", type: tensor(["N", "H", "W", 3], "image") }],
    params: [{ kind: "layers", name: "layers", title: "Layers", help: "Which.", default: [] }],
  },
  {
    ...base,
    type: "Viewer",
    title: "Viewer",
    role: "output",
    inputs: [{ name: "values", doc: "Anything.", type: { kind: "any" }, multiple: true, optional: true }],
    outputs: [],
    params: [],
  },
  {
    ...base,
    type: "Reroute",
    title: "Reroute",
    passThrough: true,
    inputs: [{ name: "in", doc: "Anything.", type: { kind: "any" }, optional: true }],
    outputs: [{ name: "out", doc: "The same.", type: { kind: "any" } }],
    params: [],
  },
];

export const sampleRegistry = createRegistry(declarations);

/** A node with defaults for what a test does not care about. */
export function node(id: string, type: string, params: { [name: string]: Json } = {}, more: Partial<GraphNode> = {}): GraphNode {
  return { id, type, version: sampleRegistry.get(type)?.version ?? 1, params, position: { x: 0, y: 0 }, ...more };
}

/** A body from nodes and wires given as `a.out -> b.in`. */
export function body(nodes: GraphNode[], wires: string[] = [], io: Partial<GraphBody["interface"]> = {}): GraphBody {
  const ends = wires.map((wire) => wire.split(" -> ") as [string, string]);
  return { nodes, wires: ends.map(([from, to]) => ({ from, to })), interface: { inputs: io.inputs ?? [], outputs: io.outputs ?? [] } };
}

export const graph = (...args: Parameters<typeof body>): GraphDocument => ({ ...emptyGraph(), ...body(...args) });
export const imageType = (width: number, height: number): PortType => ({ kind: "image", width, height });
export { tensor };
