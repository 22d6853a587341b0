/** The engine's side of the worker: what a host program's own worker calls with its node types. */
import type { GraphDocument, NodeRegistry } from "@patchbay/graph-core";
import { collectFacts, exportOnnx, loadGraph, run, RunCache, type BackendId, type Host, type RunnableNode, type RuntimeValue } from "@patchbay/runtime";
import { createBrowserHost, type HostFiles } from "./browser-host.ts";
import { chooseTargets, withoutErrors } from "./choose-targets.ts";
import { compareValues } from "./compare-values.ts";
import type { Comparison } from "./engine.ts";
import { heapBytes } from "./engine-memory.ts";
import { createEventBatch } from "./event-batch.ts";
import { KeptValues } from "./kept-values.ts";
import { createLoadings, type Loadings } from "./loadings.ts";
import { probeBackends } from "./probe-backends.ts";
import { postedError, type EngineCall, type FromEngine, type MessageEnd, type RunAnswer, type ToEngine } from "./protocol.ts";
import { runGraph, type EngineRoom } from "./run-graph.ts";
import type { DeviceWatch } from "./watch-devices.ts";

export interface ServeOptions {
  /** The node types, or how they are loaded: messages that come meanwhile wait. */
  nodes: NodeRegistry<RunnableNode> | (() => Promise<NodeRegistry<RunnableNode>>);
  /** Where messages come from and go to; by default the worker's own page. */
  port?: MessageEnd;
  /** Files and picture codecs; by default the browser's, with the graph's files read through the page. */
  host?: (files: HostFiles) => Host;
  /** Notices GPU devices that are lost while nothing says so. */
  devices?: DeviceWatch;
  /** Called when there is a place to tell of downloads. */
  onLoadings?(loadings: Loadings): void;
}

/** Answers the page's messages until the worker is ended. */
export function serveEngine({ nodes, port = globalThis as unknown as MessageEnd, host, devices, onLoadings }: ServeOptions): void {
  const post = (message: FromEngine, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
  const loadings = createLoadings((loading) => post({ type: "loading", loading }));
  onLoadings?.(loadings);
  const asked = new Map<number, { resolve(found: never): void; reject(error: Error): void }>();
  const running = new Map<number, AbortController>();
  let questions = 0;
  let openRoom!: (assets: string) => void;
  const room = new Promise<string>((resolve) => (openRoom = resolve)).then(async (assets): Promise<EngineRoom> => ({
    nodes: typeof nodes === "function" ? await nodes() : nodes,
    host: host?.(files) ?? createBrowserHost({ assets, files, loadings }),
    cache: new RunCache(),
    kept: new KeptValues(),
  }));
  room.catch(() => {}); // every call says so

  const ask = <T>(type: "read" | "list", path: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++questions;
      asked.set(id, { resolve, reject });
      post({ type, id, path });
    });
  const files: HostFiles = { read: (path) => ask("read", path), list: (folder) => ask("list", folder) };

  // Runs, comparisons and exports take turns; probing waits for nobody, or a chooser would stay empty during a long run.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function answer(id: number, call: EngineCall): Promise<unknown> {
    switch (call.method) {
      case "run":
        return inTurn(async () => startRun(id, call, await room));
      case "value":
        return (await room).kept.get(call.key) ?? null;
      case "probe":
        return probeBackends();
      // Nothing runs for it, so it waits for nothing. Pictures' sizes the page sees by itself.
      case "facts": {
        const { nodes: types, host: browser } = await room;
        return collectFacts(call.document, { ...types, get: (type) => (types.get(type)?.describeFile ? types.get(type) : undefined) }, browser, call.known);
      }
      case "network":
      case "weights": {
        const value = call.value ?? (await room).kept.get(call.key);
        if (value?.kind !== "network") return null;
        const { networkInside, networkFile } = await import("./network-inside.ts");
        return call.method === "network" ? networkInside(value) : networkFile(value);
      }
      case "memory":
        return heapBytes();
      case "exportOnnx":
        return inTurn(async () => exportOnnx(await load(call.document, await room)));
      case "compare":
        return inTurn(async () => compare(call.document, call.node, call.backends, await room));
    }
  }

  async function startRun(id: number, { request }: Extract<EngineCall, { method: "run" }>, where: EngineRoom): Promise<RunAnswer> {
    const controller = running.get(id)!;
    const batch = createEventBatch((events, transfer) => post({ type: "events", id, events }, transfer));
    let endWatch = (): void => {};
    const ended = new Promise<RunAnswer>((resolve) => {
      const onStart = (backend: BackendId): void => {
        const watch = backend.endsWith("webgpu") ? devices?.untilLost() : undefined;
        if (watch) endWatch = watch.end;
        void watch?.lost.then((reason) => resolve({ kind: "lost", reason, again: true }));
      };
      void runGraph(request, where, { signal: controller.signal, emit: (event) => batch.add(event), onStart }).then(resolve);
    });
    try {
      return await ended;
    } finally {
      endWatch();
      batch.flush();
      running.delete(id);
    }
  }

  port.addEventListener("message", ({ data }: MessageEvent<ToEngine>) => {
    switch (data.type) {
      case "open":
        openRoom(data.assets);
        post({ type: "ready" });
        break;
      case "found": {
        const question = asked.get(data.id);
        asked.delete(data.id);
        if (data.problem === undefined) question?.resolve(data.found as never);
        else question?.reject(new Error(data.problem));
        break;
      }
      case "stop":
        running.get(data.id)?.abort();
        break;
      case "call": {
        const { id, call } = data;
        if (call.method === "run") running.set(id, new AbortController());
        answer(id, call).then(
          (value) => post({ type: "answer", id, value }, handedOver(call, value)),
          (error: unknown) => post({ type: "refused", id, error: postedError(error) }),
        );
      }
    }
  });
}

/** An exported file is the page's alone; everything else the engine keeps. */
function handedOver(call: EngineCall, value: unknown): Transferable[] {
  if (call.method === "exportOnnx") return [(value as { bytes: Uint8Array }).bytes.buffer as ArrayBuffer];
  return call.method === "weights" && value ? [(value as Uint8Array).buffer as ArrayBuffer] : [];
}

const load = (document: GraphDocument, { nodes, host }: EngineRoom) => loadGraph(document, { nodes, host });

async function compare(document: GraphDocument, node: string, backends: readonly [BackendId, BackendId], room: EngineRoom): Promise<Comparison> {
  const graph = await load(document, room);
  const { nodes, problems } = chooseTargets(graph, [node]);
  const target = nodes.includes(node) ? graph.inference.flat.byId.get(node) : undefined;
  // With its mistakes in it the graph is refused, and says why.
  if (!target) return run(problems.length ? graph : withoutErrors(graph), { outputs: [node] }).then(() => ({ ports: [], milliseconds: [0, 0] }));
  const outputs = target.declaration!.outputs.map((port) => `${node}.${port.name}`);
  const results: { outputs: { [name: string]: RuntimeValue }; milliseconds: number }[] = [];
  for (const backend of backends) {
    const began = performance.now();
    const result = await run(withoutErrors(graph), { outputs, backend, cache: room.cache });
    results.push({ outputs: result.outputs, milliseconds: performance.now() - began });
  }
  const [a, b] = [results[0]!, results[1]!];
  return { ports: target.declaration!.outputs.map(({ name }) => compareValues(name, a.outputs[`${node}.${name}`], b.outputs[`${node}.${name}`])), milliseconds: [a.milliseconds, b.milliseconds] };
}
