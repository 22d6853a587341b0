/** Child process (with --expose-gc): verifies pair after pair of faces through `run` and reads its own resident memory. */
import { loadGraph, run, tensorValue } from "@patchbay/runtime";
import { nodes } from "@patchbay/nodes";
import { answer, childSettings } from "../child.ts";
import { chips } from "../pictures.ts";

export interface MemoryRunsSettings {
  runs: number;
  threads: number;
}

export interface MemoryRuns {
  /** After every hundredth run and a garbage collection, in MB. */
  rss: number[];
}

const SIDE = 150;
const { runs, threads } = childSettings<MemoryRunsSettings>();
const node = (id: string, type: string) => ({ id, type, version: 1, params: {}, position: { x: 0, y: 0 } });
const graph = await loadGraph({
  format: "patchbay-graph", version: 1,
  nodes: [node("encodeA", "Encoder"), node("encodeB", "Encoder"), node("distance", "Distance"), node("threshold", "Threshold")],
  wires: [{ from: "encodeA.encoding", to: "distance.a" }, { from: "encodeB.encoding", to: "distance.b" }, { from: "distance.distance", to: "threshold.distance" }],
  interface: { inputs: [{ name: "a", node: "encodeA", port: "image" }, { name: "b", node: "encodeB", port: "image" }], outputs: [{ name: "decision", node: "threshold", port: "decision" }] },
}, { nodes });

const pictures = await chips(2, SIDE);
const each = SIDE * SIDE * 3;
const rss: number[] = [];
let computed = 0;
for (let i = 1; i <= runs; i++) {
  // Every run gets faces of its own, so that nothing kept from an earlier run answers it.
  const chip = (at: number) => {
    const data = pictures.slice(at * each, (at + 1) * each);
    data[i] = 0.25 + 0.5 * at;
    return tensorValue({ dtype: "float32", shape: [1, SIDE, SIDE, 3], data });
  };
  const { timings } = await run(graph, { inputs: { a: chip(0), b: chip(1) }, threads });
  if (timings.nodes["encodeA"]! > 0 && timings.nodes["encodeB"]! > 0) computed++;
  if (i % 100 === 0) {
    globalThis.gc!();
    globalThis.gc!();
    rss.push(process.memoryUsage().rss / 1e6);
  }
}
if (computed !== runs) throw new Error(`Only ${computed} of ${runs} runs computed their encodings.`);
answer({ rss } satisfies MemoryRuns);
await graph.dispose();
