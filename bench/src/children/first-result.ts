/** Child process: from nothing to a decision, with the time spent in other people's code told apart. */
import { answer, childSettings } from "../child.ts";

export interface FirstResultSettings {
  /** Path of a graph. */
  graph: string;
  threads: number;
  /** File inputs of the second run, so that no kept value answers it. */
  again: { readonly [input: string]: string };
}

/** Milliseconds. */
export interface FirstResult {
  total: number;
  nodeStart: number;
  importEngine: number;
  importSharp: number;
  importPatchbay: number;
  /** Creating and running onnxruntime sessions, the probe's among them. */
  engine: number;
  /** Decoding pictures with sharp. */
  decode: number;
  load: number;
  run: number;
  again: { total: number; engine: number; decode: number };
}

const nodeStart = performance.now();
const settings = childSettings<FirstResultSettings>();
const spent = { engine: 0, decode: 0 };

async function timed<T>(name: keyof typeof spent, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    spent[name] += performance.now() - began;
  }
}

// The engine's own calls are timed where they cross into it: what our backend does around them counts as ours.
interface Session { run(...args: unknown[]): Promise<unknown> }
const ort = ((await import("onnxruntime-node" as string)) as { default: { InferenceSession: { create(...args: unknown[]): Promise<Session> } } }).default;
const importEngine = performance.now() - nodeStart;
const create = ort.InferenceSession.create.bind(ort.InferenceSession);
ort.InferenceSession.create = async (...args) => {
  const session = await timed("engine", () => create(...args));
  const run = session.run.bind(session);
  session.run = (...inputs) => timed("engine", () => run(...inputs));
  return session;
};

const beforeSharp = performance.now();
await import("sharp");
const importSharp = performance.now() - beforeSharp;

const beforePatchbay = performance.now();
const [{ loadGraph, run }, { nodes }, { createNodeHost }, path] = await Promise.all([import("@patchbay/runtime"), import("@patchbay/nodes"), import("@patchbay/runtime/host-node"), import("node:path")]);
const importPatchbay = performance.now() - beforePatchbay;

const host = createNodeHost({ graphFolder: path.dirname(settings.graph) });
const beforeLoad = performance.now();
const graph = await loadGraph(settings.graph, { nodes, host: { ...host, decodeImage: (bytes, name) => timed("decode", () => host.decodeImage(bytes, name)) } });
const beforeRun = performance.now();
await run(graph, { threads: settings.threads, backend: "onnx-native" });
const total = performance.now();
const first = { ...spent };

await run(graph, { threads: settings.threads, backend: "onnx-native", inputs: settings.again });
const again = { total: performance.now() - total, engine: spent.engine - first.engine, decode: spent.decode - first.decode };
answer({ total, nodeStart, importEngine, importSharp, importPatchbay, ...first, load: beforeRun - beforeLoad, run: total - beforeRun, again } satisfies FirstResult);
await graph.dispose();
