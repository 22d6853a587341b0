/** A miniature node library for the runtime's own tests: nothing here is product. */
import { createRegistry, type GraphDocument, type GraphNode, type TensorType } from "@patchbay/graph-core";
import { defineNode, type RunnableNode } from "../node-api/node.ts";
import { NodeFailure } from "../node-api/host.ts";
import { tensorValue, type TensorValue } from "../node-api/values.ts";
import type { Value } from "../ir/builder.ts";

const ANY: TensorType = { kind: "tensor", dtype: "float32", shape: null };
const IMAGE: TensorType = { kind: "tensor", dtype: "float32", shape: [1, "H", "W", 3], meaning: "image" };
const LOSS: TensorType = { kind: "tensor", dtype: "float32", shape: [], meaning: "loss" };
const number = (name: string, value: number) => ({ kind: "number", name, title: name, help: "A number.", default: value }) as const;
const common = { version: 1, group: "Test", doc: "For tests." };

/** How often each node's own code ran, by type. */
export const calls: { [type: string]: number } = {};
const count = (type: string) => {
  calls[type] = (calls[type] ?? 0) + 1;
};

const TestImage = defineNode({
  ...common, type: "TestImage", title: "Image", inputs: [],
  outputs: [{ name: "image", doc: "A ramp.", type: { kind: "tensor", dtype: "float32", shape: [1, 8, 8, 3], meaning: "image" } }],
  params: [number("phase", 0)],
  async evaluate({ params }) {
    count("TestImage");
    const data = Float32Array.from({ length: 192 }, (_, i) => 0.5 + 0.4 * Math.sin(i * 0.7 + (params.phase as number)));
    return { image: tensorValue({ dtype: "float32", shape: [1, 8, 8, 3], data }) };
  },
});

const Scale = defineNode({
  ...common, type: "Scale", title: "Scale", inputs: [{ name: "x", doc: "In.", type: ANY }], outputs: [{ name: "y", doc: "Out.", type: ANY }], params: [number("by", 2)],
  lower({ b, inputs, params }) {
    count("Scale");
    return { y: b.mul(inputs.x as Value, params.by as number) };
  },
});

const Variable = defineNode({
  ...common, type: "Variable", title: "Variable", role: "variable",
  inputs: [{ name: "content", doc: "Start.", type: IMAGE }], outputs: [{ name: "image", doc: "The picture.", type: IMAGE }], params: [],
  lower: ({ inputs }) => ({ image: inputs.content as Value }),
});

/** A tiny network with a jitter port: 3×3 blur by slices, on each channel. */
const Blur = defineNode({
  ...common, type: "Blur", title: "Blur", inputs: [{ name: "image", doc: "In.", type: IMAGE, jitter: true }], outputs: [{ name: "y", doc: "Out.", type: ANY }], params: [],
  lower({ b, inputs }) {
    const x = b.channelsFirst(inputs.image as Value);
    const filters = b.floats([3, 1, 2, 2], Array.from({ length: 12 }, (_, i) => 0.1 + 0.05 * i));
    return { y: b.channelsLast(b.conv(x, filters, { groups: 3, strides: [2, 2] })) };
  },
});

const SquaredDifference = defineNode({
  ...common, type: "SquaredDifference", title: "Squared difference",
  inputs: [{ name: "target", doc: "Target.", type: ANY, alignedWith: "generated" }, { name: "generated", doc: "Generated.", type: ANY }],
  outputs: [{ name: "cost", doc: "Cost.", type: LOSS }], params: [],
  lower: ({ b, inputs }) => ({ cost: b.mean(b.square(b.sub(inputs.generated as Value, inputs.target as Value))) }),
});

const Add = defineNode({
  ...common, type: "Add", title: "Add", inputs: [{ name: "terms", doc: "Terms.", type: LOSS, multiple: true }], outputs: [{ name: "total", doc: "Sum.", type: LOSS }], params: [],
  lower: ({ b, inputLists }) => ({ total: (inputLists.terms as Value[]).reduce((a, c) => b.add(a, c)) }),
});

const Minimise = defineNode({
  ...common, type: "Minimise", title: "Minimise", role: "optimiser",
  inputs: [{ name: "loss", doc: "Loss.", type: LOSS, traced: true }],
  outputs: [{ name: "image", doc: "Picture.", type: { kind: "tensor", dtype: "float32", shape: [1, "H@", "W@", 3], meaning: "image" } }, { name: "losses", doc: "Curves.", type: { kind: "series" } }, { name: "frames", doc: "Kept.", type: { kind: "images" } }],
  params: [number("steps", 20), number("rate", 0.05), number("jitter", 0), number("seed", 0), number("octaves", 1), number("tile", 0), number("keepEvery", 0), number("plateauSteps", 0), number("plateau", 0), { kind: "text", name: "method", title: "method", help: "M.", default: "adam" }, { kind: "text", name: "parametrisation", title: "p", help: "P.", default: "pixels" }],
  optimise: ({ minimise, params }) =>
    minimise({
      method: params.method as "adam", learningRate: params.rate as number, momentum: 0.9, steps: params.steps as number, parametrisation: params.parametrisation as "pixels",
      levels: 2, jitter: params.jitter as number, seed: params.seed as number, previewEvery: 5, octaves: params.octaves as number, octaveRatio: 2, tile: params.tile as number,
      keepEvery: params.keepEvery as number, plateauSteps: params.plateauSteps as number, plateau: params.plateau as number,
    }),
});

const Fails = defineNode({
  ...common, type: "Fails", title: "Fails", inputs: [{ name: "x", doc: "In.", type: ANY }], outputs: [{ name: "y", doc: "Out.", type: ANY }], params: [],
  async evaluate() {
    throw new NodeFailure("no-luck", "This picture has no luck in it.");
  },
});

/** A source whose file, like a folder, has no single content. */
const Folder = defineNode({
  ...common, type: "Folder", title: "Folder", inputs: [], outputs: [{ name: "y", doc: "Out.", type: { kind: "tensor", dtype: "float32", shape: [2] } }],
  params: [{ kind: "file", accept: "images", name: "file", title: "File", help: "F.", default: "folder" }],
  async evaluate() {
    count("Folder");
    return { y: tensorValue({ dtype: "float32", shape: [2], data: Float32Array.of(1, 2) }) };
  },
});

/** Sums up the bytes of all files of a folder. */
const Sizes = defineNode({
  ...common, type: "Sizes", title: "Sizes", inputs: [], outputs: [{ name: "y", doc: "Out.", type: { kind: "tensor", dtype: "float32", shape: [1] } }],
  params: [{ kind: "file", accept: "images", name: "file", title: "File", help: "F.", default: "folder" }],
  async evaluate({ host, params }) {
    count("Sizes");
    const names = await host.listFolder(params.file as string);
    const files = await Promise.all(names.filter((name) => name.endsWith(".bin")).map((name) => host.readFile(`${params.file as string}/${name}`)));
    return { y: tensorValue({ dtype: "float32", shape: [1], data: Float32Array.of(files.flatMap((bytes) => [...bytes]).reduce((a, c) => a + c, 0)) }) };
  },
});

const Pick = defineNode({
  ...common, type: "Pick", title: "Pick", inputs: [{ name: "fallback", doc: "Used while the text is empty.", type: ANY, optional: true, readWhen: { param: "text", equals: [""] } }],
  outputs: [{ name: "y", doc: "Out.", type: ANY }], params: [{ kind: "text", name: "text", title: "T", help: "T.", default: "" }],
  async evaluate({ inputs, params }) {
    return { y: (inputs.fallback as TensorValue | undefined) ?? tensorValue({ dtype: "float32", shape: [1], data: Float32Array.of((params.text as string).length) }) };
  },
});

export const testNodes = createRegistry<RunnableNode>([TestImage, Scale, Variable, Blur, SquaredDifference, Add, Minimise, Fails, Folder, Sizes, Pick] as RunnableNode[]);

/** `{ id: [type, params?] }` and `["a.x -> b.y"]` as a document. */
export function testGraph(nodes: { [id: string]: [type: string, params?: GraphNode["params"]] }, wires: readonly string[], outputs: { [name: string]: string } = {}): GraphDocument {
  return {
    format: "patchbay-graph",
    version: 1,
    nodes: Object.entries(nodes).map(([id, [type, params]], i) => ({ id, type, version: 1, params: params ?? {}, position: { x: i * 200, y: 0 } })),
    wires: wires.map((w) => ({ from: w.split(" -> ")[0]!, to: w.split(" -> ")[1]! })),
    interface: { inputs: [], outputs: Object.entries(outputs).map(([name, at]) => ({ name, node: at.split(".")[0]!, port: at.split(".")[1]! })) },
  };
}
