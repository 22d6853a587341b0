/** One run inside the engine: all that can run, node by node, with what failed left out and everything else computed all the same. */
import { GraphError, type Diagnostic, type NodeRegistry } from "@patchbay/graph-core";
import { loadGraph, NoBackend, run, type BackendId, type Host, type LoadedGraph, type RunCache, type RunnableNode, type RunOptions, type RunResult } from "@patchbay/runtime";
import { resolveBackend } from "@patchbay/runtime/backends";
import { chooseTargets, withoutErrors } from "./choose-targets.ts";
import type { RunRequest } from "./engine.ts";
import { lossOf } from "./engine-loss.ts";
import type { KeptValues } from "./kept-values.ts";
import { fedPictures, paintedPicture, regionTargets } from "./optimised-values.ts";
import { preferredBackends, type Preference } from "./probe-backends.ts";
import type { PostedEvent, RunAnswer } from "./protocol.ts";
import { shownValue } from "./summarise.ts";

/** What outlives one run. */
export interface EngineRoom {
  readonly nodes: NodeRegistry<RunnableNode>;
  readonly host: Host;
  readonly cache: RunCache;
  readonly kept: KeptValues;
}

export interface RunPorts {
  readonly signal: AbortSignal;
  emit(event: PostedEvent): void;
  /** Called when the backend has been chosen and work begins. */
  onStart?(backend: BackendId): void;
}

/** Never rejects. */
export async function runGraph(request: RunRequest, room: EngineRoom, ports: RunPorts): Promise<RunAnswer> {
  try {
    // Pictures and the engine's megabytes come at the same time.
    const choosing = chooseBackend(request);
    choosing.catch(() => {});
    const graph = await loadGraph(request.document, { nodes: room.nodes, host: room.host });
    room.kept.keepOnly((node) => graph.inference.flat.byId.has(node));
    return await runTargets(graph, choosing, request, room, ports);
  } catch (error) {
    return failure(error, ports.signal);
  }
}

/** Probing opens a session and closes it again; only then does a run begin, whose devices are watched. */
async function chooseBackend({ backend }: RunRequest): Promise<Preference & { readonly chosen: BackendId }> {
  const preference = backend === undefined ? await preferredBackends() : { order: typeof backend === "string" ? [backend] : backend, passedOver: [] };
  const { backend: chosen } = await resolveBackend(preference.order);
  return { ...preference, chosen: chosen.id };
}

async function runTargets(graph: LoadedGraph, choosing: ReturnType<typeof chooseBackend>, request: RunRequest, room: EngineRoom, ports: RunPorts): Promise<RunAnswer> {
  const first = chooseTargets(graph, request.nodes);
  if (!first.nodes.length) return { kind: "failed", diagnostics: first.problems.length ? first.problems : [nothing(request)] };
  const { order, passedOver, chosen } = await choosing;
  ports.onStart?.(chosen);

  const runnable = withoutErrors(graph);
  const told = new Set<string>();
  const problems: Diagnostic[] = [...first.problems];
  const options = (nodes: readonly string[]): RunOptions => ({
    backend: order,
    outputs: nodes.flatMap((id) => graph.inference.flat.byId.get(id)!.declaration!.outputs.map((port) => `${id}.${port.name}`)),
    signal: ports.signal,
    cache: room.cache,
    ...(request.resume ? { resume: request.resume } : {}),
    onProgress(event) {
      // When a run goes on without what failed, what it finds in the cache was computed a moment ago.
      if (event.type === "node" && told.has(event.node)) return;
      if (event.type === "node" && (event.state === "done" || event.state === "cached" || event.state === "failed")) told.add(event.node);
      if (event.type === "backend") ports.emit({ ...event, tried: [...passedOver, ...event.tried] });
      else ports.emit(event);
    },
    onValue(node, outputs) {
      for (const [port, value] of Object.entries(outputs)) ports.emit({ type: "value", node, port, ...(room.kept.set(`${node}.${port}`, value) ? { value: shownValue(value) } : {}) });
    },
    onCheckpoint: (node, state) => ports.emit({ type: "checkpoint", node, state }),
  });

  const began = performance.now();
  const failed = new Set<string>();
  let { nodes } = first;
  // Nodes inside an optimisation that were asked for by name show what they give for the painted picture, where there is one.
  const moving = first.regions.filter((region) => request.nodes && first.nodes.some((id) => region.moving.has(id)));
  const asked = fedPictures(graph, moving, room.kept);
  let result: RunResult | undefined;
  while (nodes.length) {
    try {
      result = await run(runnable, { ...options(nodes), ...(Object.keys(asked).length ? { ports: asked } : {}) });
      break;
    } catch (error) {
      const culprits = error instanceof GraphError && !lossOf(error) && !ports.signal.aborted ? error.diagnostics : [];
      const fresh = culprits.flatMap((d) => (d.node !== undefined && !failed.has(d.node) ? [d.node] : []));
      if (!fresh.length) throw error;
      problems.push(...culprits);
      for (const id of fresh) failed.add(id);
      nodes = chooseTargets(graph, request.nodes, failed).nodes;
    }
  }
  if (!result) return { kind: "failed", diagnostics: problems };
  if (result.interrupted.length && ports.signal.aborted) return { kind: "stopped", states: result.states };

  if (!request.nodes) {
    const targets = regionTargets(first.regions, failed);
    if (targets.length) await runInside(targets).catch((error: unknown) => { if (lossOf(error) || ports.signal.aborted) throw error; });
  }
  const timings = { ...result.timings, total: performance.now() - began };
  return {
    kind: "done",
    result: { backend: { ...result.backend, tried: [...passedOver, ...result.backend.tried] }, timings, states: result.states, interrupted: result.interrupted, manifest: result.manifest },
    ...(problems.length ? { problems } : {}),
  };

  /** What the nodes of an optimisation give for the picture that came out of it. */
  async function runInside(targets: readonly string[]): Promise<void> {
    for (const region of first.regions) {
      const picture = paintedPicture(graph, region, room.kept);
      const port = graph.inference.flat.byId.get(region.variable)?.declaration?.outputs[0]?.name;
      if (!picture || port === undefined || !targets.includes(region.variable)) continue;
      ports.emit({ type: "value", node: region.variable, port, ...(room.kept.set(`${region.variable}.${port}`, picture) ? { value: shownValue(picture) } : {}) });
    }
    const variables = new Set(first.regions.map((r) => r.variable));
    const inner = targets.filter((id) => !variables.has(id));
    if (inner.length) await run(runnable, { ...options(inner), ports: fedPictures(graph, first.regions, room.kept) });
  }
}

function failure(error: unknown, signal: AbortSignal): RunAnswer {
  const loss = lossOf(error);
  if (loss) return { kind: "lost", ...loss };
  if (signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"))) return { kind: "stopped", states: {} };
  if (error instanceof GraphError) return { kind: "failed", diagnostics: error.diagnostics };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NoBackend) return { kind: "failed", diagnostics: [{ code: "no-backend", severity: "error", message }] };
  return { kind: "failed", diagnostics: [{ code: "engine-failed", severity: "error", message: `The run ended in a way that it should not have: ${message}` }] };
}

const nothing = (request: RunRequest): Diagnostic => ({
  code: "nothing-to-run",
  severity: "error",
  message: request.document.nodes.length ? "Nothing of this graph can run yet: every node waits for something that is not connected." : "There is nothing to run yet: the graph is empty.",
});

