// How fast shape inference is on 1,000 nodes and 2,000 wires: in full, and after one edit. Run after `npx tsc -b packages/graph-core`.
import { applyChanges, createInference, createRegistry, emptyGraph, inferGraph, parseGraph, serializeGraph, windowDim } from "../dist/index.js";

const tensor = (shape) => ({ kind: "tensor", dtype: "float32", shape });
const common = { version: 1, group: "bench", doc: "" };
const registry = createRegistry([
  { ...common, type: "Image", title: "Image", inputs: [], outputs: [{ name: "image", doc: "", type: { kind: "image", width: "W", height: "H" } }], params: [] },
  {
    ...common,
    type: "Layer",
    title: "Layer",
    inputs: ["a", "b"].map((name) => ({ name, doc: "", type: tensor(["N", "H", "W", "C"]), optional: name === "b" })),
    outputs: [{ name: "out", doc: "", type: tensor(["N", "H", "W", "C"]) }],
    params: [
      { kind: "number", name: "kernel", title: "Kernel", help: "", default: 3, min: 1, integer: true },
      { kind: "number", name: "filters", title: "Filters", help: "", default: 3, min: 1, integer: true },
    ],
    infer({ inputs, params }) {
      const input = inputs.a;
      if (input?.kind !== "tensor" || !input.shape) return {};
      const [n, h, w, c] = input.shape;
      const window = { kernel: params.kernel, padding: "same" };
      const [height, width] = [windowDim(h, window).dim, windowDim(w, window).dim];
      return { outputs: { out: tensor([n, height, width, c]) } };
    },
  },
]);

/** Layers in a row, each also fed by an earlier one. */
function layered(count) {
  const node = (id, type) => ({ id, type, version: 1, params: {}, position: { x: 0, y: 0 } });
  const nodes = [node("photo", "Image")];
  const wires = [];
  for (let i = 0; i < count - 1; i++) {
    nodes.push(node(`layer${i}`, "Layer"));
    const from = (j) => (j < 0 ? "photo.image" : `layer${j}.out`);
    wires.push({ from: from(i - 1), to: `layer${i}.a` }, { from: from(Math.floor(i / 2) - 1), to: `layer${i}.b` });
  }
  return { ...emptyGraph(), nodes, wires };
}

const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];
function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}
const report = (what, times) => console.log(`${what.padEnd(52)} first ${times[0].toFixed(2)} ms, best ${Math.min(...times).toFixed(2)} ms, median ${median(times).toFixed(2)} ms`);

const document = layered(1000);
console.log(`${document.nodes.length} nodes, ${document.wires.length} wires, Node ${process.version}`);
report("in full", Array.from({ length: 30 }, () => timed(() => inferGraph(document, registry))));
const inference = createInference(registry);
inference.update(document);
let current = document;
function edits(what, change) {
  const times = Array.from({ length: 200 }, (_, i) => {
    current = applyChanges(current, [change(i)], { registry }).document;
    return timed(() => inference.update(current));
  });
  report(what, times);
}
edits("after moving a node", (i) => ({ kind: "move-nodes", positions: { layer500: { x: i, y: 0 } } }));
edits("after setting a parameter near the end", (i) => ({ kind: "set-param", node: "layer990", param: "kernel", value: (i % 5) + 1 }));
edits("after setting a parameter in front of everything", (i) => ({ kind: "set-param", node: "layer0", param: "kernel", value: (i % 5) + 1 }));
edits("after removing or adding a wire", (i) => ({ kind: i % 2 ? "connect" : "disconnect", wire: { from: "layer10.out", to: "layer22.b" } }));
edits("after adding a node", (i) => ({ kind: "add-node", node: { id: `new${i}`, type: "Layer", version: 1, params: {}, position: { x: 0, y: 0 } } }));

const long = layered(20000);
const text = serializeGraph(long);
console.log(`20,000 nodes: parse ${timed(() => parseGraph(text, { registry })).toFixed(0)} ms, infer ${timed(() => inferGraph(long, registry)).toFixed(0)} ms`);
