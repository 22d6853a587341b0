/** A feed of seeded points in clusters, and graphs around it: for tests of training, where nothing but the training is in question. */
import { createRegistry, type GraphDocument, type Json } from "@patchbay/graph-core";
import { defineNode, tensorValue, type Feed, type RunnableNode, type TensorData } from "@patchbay/runtime/node-api";
import { nodes } from "../index.ts";
import { seededUniform } from "../seeded.ts";
import { tensorType } from "../port-types.ts";

const integer = (name: string, value: number) => ({ name, title: name, kind: "number", default: value, min: 0, max: 1e6, integer: true, help: "For tests." }) as const;

/** Batches of class examples of any shape; class `c` is brighter at every position ≡ c. Counts what it was told. */
export const testFeed = defineNode({
  type: "TestFeed", version: 1, title: "Test feed", group: "Test", doc: "Batches for tests.", role: "feed", inputs: [],
  outputs: [
    { name: "examples", doc: "Examples.", type: tensorType(null) },
    { name: "labels", doc: "Classes.", type: { kind: "tensor", dtype: "int32", shape: ["N"] } },
    { name: "targets", doc: "Classes, one-hot.", type: tensorType(["N", "C"]) },
  ],
  params: [integer("batch", 8), integer("classes", 3), { name: "shape", title: "Shape", kind: "text", default: "6", help: "Of an example." }, integer("seed", 1), integer("heldOut", 20)],
  infer: ({ params }) => ({ outputs: { examples: tensorType([params["batch"] as number, ...shapeOf(params)]), labels: { kind: "tensor", dtype: "int32", shape: [params["batch"] as number] }, targets: tensorType([params["batch"] as number, params["classes"] as number]) } }),
  async evaluate({ params }) {
    return Object.fromEntries(Object.entries(batchOf(params, 0)).map(([port, t]) => [port, tensorValue(t)]));
  },
  async feed({ params }): Promise<Feed> {
    let told = 0;
    return {
      batch: (step) => batchOf(params, step),
      *heldOut() {
        const [batch, all] = [params["batch"] as number, params["heldOut"] as number];
        for (let at = 0; at < all; at += batch) yield { values: batchOf(params, 1_000_000 + at), rows: Math.min(batch, all - at) };
      },
      observe: () => ({ told: ++told }),
      state: () => ({ told: { dtype: "int32", shape: [1], data: Int32Array.of(told) } }),
      restore: ({ told: before }) => {
        told = before!.data[0]!;
      },
    };
  },
});

const shapeOf = (params: { readonly [name: string]: Json }): number[] => (params["shape"] as string).split("×").map(Number);

function batchOf(params: { readonly [name: string]: Json }, step: number): { examples: TensorData; labels: TensorData; targets: TensorData } {
  const [batch, classes, example] = [params["batch"] as number, params["classes"] as number, shapeOf(params)];
  const size = example.reduce((n, d) => n * d, 1);
  const next = seededUniform((params["seed"] as number) * 7919 + step);
  const labels = Int32Array.from({ length: batch }, (_, i) => (i < 2 * classes ? i % classes : Math.floor(next() * classes)));
  const examples = new Float32Array(batch * size);
  const targets = new Float32Array(batch * classes);
  labels.forEach((c, i) => {
    targets[i * classes + c] = 1;
    for (let k = 0; k < size; k++) examples[i * size + k] = next() * 0.6 + (k % classes === c ? 0.4 : 0);
  });
  return {
    examples: { dtype: "float32", shape: [batch, ...example], data: examples },
    labels: { dtype: "int32", shape: [batch], data: labels },
    targets: { dtype: "float32", shape: [batch, classes], data: targets },
  };
}

/** Mean squared difference: a loss that needs nothing else of the library. */
export const testLoss = defineNode({
  type: "TestLoss", version: 1, title: "Test loss", group: "Test", doc: "For tests.", params: [],
  inputs: [{ name: "predictions", doc: "What was said.", type: tensorType(["N", "C"]) }, { name: "targets", doc: "What is right.", type: tensorType(["N", "C"]) }],
  outputs: [{ name: "loss", doc: "The loss.", type: tensorType([], "loss") }, { name: "worst", doc: "The largest difference.", type: tensorType([]) }],
  lower({ b, inputs }) {
    const difference = b.sub(inputs["predictions"] as never, inputs["targets"] as never);
    return { loss: b.mean(b.square(difference)), worst: b.reduceMax(b.abs(difference)) };
  },
  notices: ({ worst }) => (worst! < 0.9 ? [{ code: "nearly-there", message: "Every prediction is nearer than 0.9." }] : []),
});

/** Works on values, not on tensors in a program. */
export const testPlain = defineNode({
  type: "TestPlain", version: 1, title: "Test plain", group: "Test", doc: "For tests.", params: [],
  inputs: [{ name: "x", doc: "In.", type: tensorType(["N", "C"]) }], outputs: [{ name: "y", doc: "Out.", type: tensorType(["N", "C"]) }],
  evaluate: async ({ inputs }) => ({ y: inputs["x"]! }),
});

export const trainingNodes = createRegistry<RunnableNode>([...nodes.declarations, testFeed, testLoss, testPlain] as RunnableNode[]);

/** `{ id: [type, params?] }` and `"a.x -> b.y"` as a document; versions are the library's. */
export function trainingGraph(drawn: { readonly [id: string]: readonly [type: string, params?: { readonly [name: string]: Json }] }, wires: readonly string[], outputs: { readonly [name: string]: string }): GraphDocument {
  return {
    format: "patchbay-graph", version: 1,
    nodes: Object.entries(drawn).map(([id, [type, params]]) => ({ id, type, version: trainingNodes.get(type)!.version, params: { ...params }, position: { x: 0, y: 0 } })),
    wires: wires.map((w) => ({ from: w.split(" -> ")[0]!, to: w.split(" -> ")[1]! })),
    interface: { inputs: [], outputs: Object.entries(outputs).map(([name, at]) => ({ name, node: at.split(".")[0]!, port: at.split(".")[1]! })) },
  };
}
