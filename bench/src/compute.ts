/** Lends a measurement the runtime's own way of computing programs: what a node's `evaluate` is given. */
import { createRegistry } from "@patchbay/graph-core";
import { defineNode, type EvaluateContext } from "@patchbay/runtime/node-api";
import { loadGraph, run } from "@patchbay/runtime";

export type Lent = Pick<EvaluateContext, "compute" | "host">;

/** Compiled programs live until `work` ends. */
export async function withCompute<T>(threads: number, work: (lent: Lent) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const measure = defineNode({
    type: "Measure", version: 1, title: "Measure", group: "Bench", doc: "Hands its context to a measurement.",
    inputs: [], params: [], outputs: [{ name: "done", doc: "1 when it is done.", type: { kind: "number" } }],
    async evaluate({ compute, host }) {
      result = { value: await work({ compute, host }) };
      return { done: { kind: "number", value: 1 } };
    },
  });
  const graph = await loadGraph({
    format: "patchbay-graph", version: 1, wires: [],
    nodes: [{ id: "measure", type: "Measure", version: 1, params: {}, position: { x: 0, y: 0 } }],
    interface: { inputs: [], outputs: [{ name: "done", node: "measure", port: "done" }] },
  }, { nodes: createRegistry([measure]) });
  try {
    await run(graph, { threads });
  } finally {
    await graph.dispose();
  }
  return result!.value;
}
