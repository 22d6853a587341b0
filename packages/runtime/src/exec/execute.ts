/** Runs a plan: node after node, each from the cache where nothing it depends on has changed. */
import { canonicalJson, type Diagnostic, type FlatGraph, type GivenTypes, type InputPort, type PortType } from "@patchbay/graph-core";
import type { Backend } from "../backends/backend.ts";
import { Builder } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import { NodeFailure, type Host } from "../node-api/host.ts";
import type { EvaluateContext, Lowered, MinimiseOptions, Notice, OptimiseContext, PrepareContext, RunnableNode, TrainContext, TrainOptions } from "../node-api/node.ts";
import type { ImageValue, RuntimeValue } from "../node-api/values.ts";
import type { LossRegion } from "../optimize/loss-region.ts";
import type { Drawing } from "../train/drawing.ts";
import { minimise, type MinimiseContext, type OptimiserState } from "../optimize/minimise.ts";
import { minimiseFrames, stepsOf } from "../optimize/frames.ts";
import { OpaqueNetwork } from "../networks/opaque.ts";
import { optimise } from "../passes/index.ts";
import { arrivalsAt } from "./arrivals.ts";
import { bytesOf } from "../node-api/value-bytes.ts";
import type { RunCache } from "./cache.ts";
import { coerceValue } from "./coerce.ts";
import { hashText, hashValue } from "./content-hash.ts";
import { Engine } from "./engine.ts";
import type { RunEvent } from "./events.ts";
import { asGraphError } from "./failures.ts";
import { areUnchanged, hashOfReads, notingReads, type FileReads } from "./file-reads.ts";
import { sourceReader, UNREAD, type SourceReader } from "./file-source.ts";
import { declareInputs, flattenOutputs, gatherOutputs, isLowered, lowerNode, outputShapes, type OutputShape } from "./lower-node.ts";
import { nodeKey } from "./node-key.ts";
import { fileParams, type Overrides } from "./overrides.ts";
import { probeLoss } from "../optimize/probe.ts";
import { createTurns } from "../optimize/turn.ts";
import { sourcesOf, type Plan, type Region, type TrainingRegion } from "./plan.ts";
import { lossRegion } from "./region.ts";
import { trainNode } from "./train-node.ts";

export interface ExecuteOptions {
  flat: FlatGraph<RunnableNode>;
  types: ReadonlyMap<string, PortType>;
  /** The types with more known of what arrives at ports. */
  retype?(given: GivenTypes): ReadonlyMap<string, PortType>;
  overrides: Overrides;
  plan: Plan;
  /** Node ids whose values the caller wants. */
  targets: readonly string[];
  host: Host;
  backend: Backend;
  threads?: number;
  cache: RunCache;
  signal?: AbortSignal;
  resume?: { readonly [node: string]: OptimiserState };
  onEvent(event: RunEvent): void;
  /** Each node's outputs as soon as they are there. */
  onValue?(node: string, outputs: { readonly [port: string]: RuntimeValue }, cached: boolean): void;
  /** A state to go on from, at each preview of an optimiser. */
  onCheckpoint?(node: string, state: OptimiserState): void;
  /** Called in the place of each optimisation, by exporters; it throws. */
  intercept?(region: LossRegion, options: MinimiseOptions): never;
  interceptTraining?(drawing: Drawing, options: TrainOptions): never;
}

export interface Execution {
  /** By node id; those of `targets`. */
  values: ReadonlyMap<string, { readonly [port: string]: RuntimeValue }>;
  /** Content hashes by node id: equal hashes, equal values. */
  keys: ReadonlyMap<string, string>;
  /** Milliseconds by node id; 0 where cached. */
  timings: ReadonlyMap<string, number>;
  /** Milliseconds spent inside the backend (compiling and running). */
  engineMilliseconds: number;
  states: { readonly [node: string]: OptimiserState };
  /** Optimisers that the signal stopped before their last step. */
  interrupted: readonly { node: string; step: number; of: number }[];
  /** SHA-256 of every file that was read, by `node.param`. */
  files: { readonly [nodeAndParam: string]: string };
  /** What nodes warned of. */
  notices: readonly Diagnostic[];
  /** What the lowering of further nodes needs, by node id. */
  prepareAll(ids: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
}

/** What an entry of the cache weighs beside its numbers. */
const ENTRY_BYTES = 1024;

export async function execute(o: ExecuteOptions): Promise<Execution> {
  const { flat, overrides, plan, cache } = o;
  const values = new Map<string, { readonly [port: string]: RuntimeValue }>();
  const keys = new Map<string, string>();
  const timings = new Map<string, number>();
  const left = new Map(plan.readers);
  const states: { [node: string]: OptimiserState } = {};
  const interrupted: { node: string; step: number; of: number }[] = [];
  const files: { [nodeAndParam: string]: string } = {};
  const notices = new Map<string, readonly Diagnostic[]>();
  /** Those that were told as they came. */
  const said = new Set<Diagnostic>();
  let { types } = o;
  const identified = new Map<string, Map<string, PortType>>();
  // What a caller feeds to a `known` port shapes the program: a network counts by its content.
  const givenKeys = new Map([...overrides.ports].flatMap(([port, value]) => (value.kind === "network" ? [[port, `${value.network}/${value.output}`] as const] : [])));
  const engine = new Engine({ backend: o.backend, cache, ...(o.threads === undefined ? {} : { threads: o.threads }) });

  // An optimiser that was stopped hands on its picture; what follows is quick and still wanted, so it hears no signal.
  const listening = (): { signal?: AbortSignal } => (o.signal && !interrupted.length ? { signal: o.signal } : {});

  for (const id of plan.order) o.onEvent({ type: "node", node: id, state: "queued" });
  const turns = createTurns();
  try {
    for (const id of plan.order) {
      await turns();
      listening().signal?.throwIfAborted();
      await computeNode(id);
      for (const source of sourcesOf(flat, plan.regions, id)) {
        const remaining = left.get(source)! - 1;
        left.set(source, remaining);
        if (remaining === 0) values.delete(source);
      }
    }
  } finally {
    engine.release();
  }
  return { values, keys, timings, notices: [...notices.values()].flat(), engineMilliseconds: engine.milliseconds, states, interrupted, files, prepareAll };

  function readerOf(id: string): SourceReader {
    return sourceReader({ node: id, params: overrides.params.get(id)!, host: o.host, files: overrides.files });
  }

  async function prepareAll(ids: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const prepared = new Map<string, unknown>();
    for (const id of ids) prepared.set(id, await prepare(id, readerOf(id)));
    return prepared;
  }

  async function computeNode(id: string): Promise<void> {
    const node = flat.byId.get(id)!;
    const declaration = node.declaration!;
    const params = overrides.params.get(id)!;
    const began = performance.now();
    const reader = readerOf(id);
    try {
      const region = plan.regions.get(id);
      let contents = await contentsOf(id, reader);
      const insideContents = region && (await insideOf(region));
      const keyFor = (): Promise<string> => nodeKey(id, { flat, overrides, backend: o.backend.id, contents, keys, region, insideContents, resumed: o.resume?.[id] });
      // What names no single file (a folder, a list) counts by all that was read of it, if that is still the same.
      const isUnread = Object.values(contents).some((hash) => hash.startsWith(UNREAD));
      const trace = `reads|${node.type}|${node.version}|${canonicalJson(params as never)}`;
      const before = isUnread ? (cache.remembered.get(trace) as FileReads | undefined) : undefined;
      if (before && (await areUnchanged(before, o.host, listening().signal))) contents = await withReads(id, contents, before);
      let key = await keyFor();
      keys.set(id, key);
      const known = region && (o.intercept || o.interceptTraining) ? undefined : cache.values.get(key);
      if (known) {
        if (isUnread) keys.set(id, await hashValue(known));
        values.set(id, known);
        identify(id, known);
        timings.set(id, 0);
        tellNotices(id, key, known, true);
        o.onValue?.(id, known, true);
        o.onEvent({ type: "node", node: id, state: "cached" });
        return;
      }
      o.onEvent({ type: "node", node: id, state: "running" });
      const stoppedBefore = interrupted.length;
      const noting = isUnread ? notingReads(o.host) : undefined;
      const outputs = region
        ? await ("feed" in region ? trainRegion(id, region, reader) : optimiseNode(id, region, reader))
        : isLowered(declaration, params)
          ? await lowerAlone(id, reader).catch((error: unknown) => unlessOpaque(error, id, reader))
          : await declaration.evaluate!({ ...(await evaluateContext(id, reader)), ...(noting ? { host: noting.host } : {}) });
      values.set(id, outputs);
      identify(id, outputs);
      const reads = noting?.reads() ?? [];
      if (reads.length) {
        cache.remembered.set(trace, reads, 1);
        contents = await withReads(id, contents, reads);
        key = await keyFor();
      }
      // Behind it counts what came out of it: a file of the folder that no picture is made of changes nothing.
      // So it is with an optimiser that was stopped: what follows shows another picture than after a whole run.
      const stopped = interrupted.length > stoppedBefore;
      if (isUnread || stopped) keys.set(id, await hashValue(outputs));
      const milliseconds = performance.now() - began;
      timings.set(id, milliseconds);
      if (!stopped && (!isUnread || reads.length)) cache.values.set(key, outputs, Object.values(outputs).reduce((n, v) => n + bytesOf(v), ENTRY_BYTES));
      tellNotices(id, key, outputs, false);
      // Before it counts as done, so that nobody sees a finished node without its values.
      o.onValue?.(id, outputs, false);
      o.onEvent({ type: "node", node: id, state: "done", milliseconds });
    } catch (error) {
      o.onEvent({ type: "node", node: id, state: "failed", milliseconds: performance.now() - began });
      throw asGraphError(error, id, o.signal);
    }
  }

  /** Hashes of the node's files, by parameter. */
  async function contentsOf(id: string, reader: SourceReader): Promise<{ [param: string]: string }> {
    const contents: { [param: string]: string } = {};
    for (const spec of fileParams(flat.byId.get(id)!.declaration!, overrides.params.get(id)!)) {
      contents[spec.name] = await reader.contentHash(spec.name, spec.kind === "file" ? spec.accept : undefined);
      files[`${id}.${spec.name}`] = contents[spec.name]!;
    }
    return contents;
  }

  /** The same with a hash of all that was read in the place of those that are unknown. */
  async function withReads(id: string, contents: { readonly [param: string]: string }, reads: FileReads): Promise<{ [param: string]: string }> {
    const hash = await hashOfReads(reads);
    const whole = Object.fromEntries(Object.entries(contents).map(([param, known]) => [param, known.startsWith(UNREAD) ? hash : known]));
    for (const [param, known] of Object.entries(whole)) files[`${id}.${param}`] = known;
    return whole;
  }

  /** Hashes of the files of a region's nodes. */
  async function insideOf(region: Region | TrainingRegion): Promise<unknown> {
    return Promise.all(region.nodes.map(async (n) => [n, await contentsOf(n, readerOf(n))]));
  }

  /** What the node sees on its ports, with the content key of each; an optimiser's loss, like all that is traced, is no value. */
  function arrivals(id: string): { port: InputPort; value: RuntimeValue; key: string }[] {
    return arrivalsAt(flat, overrides, id)
      .filter((a) => !(plan.regions.has(id) && a.port.traced))
      .map((a) => ({ port: a.port, value: coerceValue(a.given ?? cameOut(a.key), a.port), key: a.from ? `${keys.get(a.from.node)}.${a.from.port}` : (givenKeys.get(a.key) ?? a.key) }));
  }

  async function prepare(id: string, reader: SourceReader): Promise<unknown> {
    const node = flat.byId.get(id)!;
    const params = overrides.params.get(id)!;
    if (!node.declaration!.prepare) return undefined;
    const contents = await contentsOf(id, reader);
    const context: PrepareContext = { params, host: o.host, readFile: (p) => reader.readFile(p), ...listening() };
    return engine.remember(`prepare|${node.type}|${node.version}|${canonicalJson(params as never)}|${canonicalJson(contents)}`, () => node.declaration!.prepare!(context));
  }

  async function lowerAlone(id: string, reader: SourceReader): Promise<{ readonly [port: string]: RuntimeValue }> {
    const node = flat.byId.get(id)!;
    const params = overrides.params.get(id)!;
    const prepared = await prepare(id, reader);
    const given = new Map<string, TensorData>();
    // The program is the same for the same node and shapes: what flows in decides whether it must be written at all.
    const b = new Builder();
    const byPort = new Map<string, Lowered[]>();
    const networks: { [port: string]: string | undefined } = {};
    const known: { [port: string]: RuntimeValue } = {};
    const knownKeys: { [port: string]: string } = {};
    for (const a of arrivals(id)) {
      const { value } = a;
      if (a.port.known) {
        known[a.port.name] = value;
        knownKeys[a.port.name] = a.key;
        continue;
      }
      if ("network" in value && typeof value.network === "string") networks[a.port.name] = value.network;
      const list = byPort.get(a.port.name) ?? [];
      list.push(declareInputs(b, a.port.multiple ? `${a.port.name}:${list.length}` : a.port.name, value, given));
      byPort.set(a.port.name, list);
    }
    const contents = await contentsOf(id, reader);
    const key = `node|${node.type}|${node.version}|${canonicalJson(params as never)}|${canonicalJson(contents)}|${canonicalJson(networks as never)}|${canonicalJson(knownKeys)}|${[...given].map(([n, t]) => `${n}:${t.dtype}[${t.shape}]`).join(",")}`;
    const shape = engine.remember(`shape|${key}`, (): { outputs: { [port: string]: OutputShape }; program: () => Program } => {
      const lowered = lowerNode(b, node.declaration!, params, { prepared, arrivals: byPort, known });
      return { outputs: outputShapes(lowered), program: () => optimise(b.build(flattenOutputs(lowered))) };
    });
    const executable = await engine.compile(key, shape.program);
    const tensors = await executable.run(Object.fromEntries(given), listening());
    const outputs = gatherOutputs(shape.outputs, tensors);
    for (const port of node.declaration!.outputs) {
      const type = types.get(`${id}.${port.name}`);
      const value = outputs[port.name];
      if (value?.kind === "tensor" && type?.kind === "tensor" && type.network) outputs[port.name] = { ...value, network: type.network };
    }
    return outputs;
  }

  /** A network from a file that cannot be written as IR still runs as a whole. */
  async function unlessOpaque(error: unknown, id: string, reader: SourceReader): Promise<{ readonly [port: string]: RuntimeValue }> {
    const { evaluate } = flat.byId.get(id)!.declaration!;
    if (!(error instanceof OpaqueNetwork) || !evaluate) throw error;
    return evaluate(await evaluateContext(id, reader));
  }

  async function evaluateContext(id: string, reader: SourceReader): Promise<EvaluateContext> {
    const node = flat.byId.get(id)!;
    const inputs: { [port: string]: RuntimeValue } = {};
    const inputLists: { [port: string]: RuntimeValue[] } = {};
    for (const port of node.declaration!.inputs) if (port.multiple) inputLists[port.name] = [];
    for (const a of arrivals(id))
      if (a.port.multiple) inputLists[a.port.name]!.push(a.value);
      else inputs[a.port.name] = a.value;
    const params = overrides.params.get(id)!;
    return {
      node: id,
      params,
      host: o.host,
      inputs,
      inputLists,
      prepared: await prepare(id, reader),
      readFile: (p) => reader.readFile(p),
      readImage: (p) => reader.readImage(p),
      async compute(key, tensors, build) {
        const full = `compute|${node.type}|${node.version}|${key}|${Object.entries(tensors).map(([n, t]) => `${n}:${t.dtype}[${t.shape}]`).join(",")}`;
        const executable = await engine.compile(full, () => {
          const b = new Builder();
          return optimise(b.build(build(b, Object.fromEntries(Object.entries(tensors).map(([n, t]) => [n, b.input(n, t)])))));
        });
        return executable.run(tensors, listening());
      },
      runOnnx: async (bytes, tensors) => (await engine.openOnnx(bytes)).run(tensors),
      describeOnnx: async (bytes) => {
        const { inputs: into, outputs } = await engine.openOnnx(bytes);
        return { inputs: into, outputs };
      },
      progress: (event) => o.onEvent({ type: "progress", node: id, ...event }),
      warn: (code, message, at) => warned(id, { code, message, ...at }),
      ...listening(),
    };
  }

  function warned(id: string, notice: Notice): void {
    notices.set(id, [...(notices.get(id) ?? []), { severity: "warning", node: id, ...notice }]);
  }

  /** Says what the node warned of while it ran, or did when its value was kept, and what it notices about its scalars. */
  function tellNotices(id: string, key: string, outputs: { readonly [port: string]: RuntimeValue }, cached: boolean): void {
    const slot = `notices|${key}`;
    if (cached) notices.set(id, (cache.remembered.get(slot) as Diagnostic[] | undefined) ?? []);
    else {
      // What a Trainer is about to teach is looked at while it learns; with its start values it would complain of them.
      const isTaught = [...plan.regions.values()].some((r) => "feed" in r && r.nodes.includes(id));
      const look = isTaught ? undefined : flat.byId.get(id)!.declaration!.notices;
      const scalars = look && Object.fromEntries(Object.entries(outputs).flatMap(([port, v]) => (v.kind === "number" ? [[port, v.value]] : v.kind === "tensor" && v.data.length === 1 ? [[port, v.data[0]!]] : [])));
      for (const notice of look?.(scalars!, overrides.params.get(id)!) ?? []) warned(id, notice);
      if (notices.get(id)?.length) cache.remembered.set(slot, notices.get(id)!, 1);
    }
    for (const diagnostic of notices.get(id) ?? []) if (!said.has(diagnostic)) o.onEvent({ type: "notice", diagnostic });
  }

  async function optimiseNode(id: string, region: Region, reader: SourceReader): Promise<{ readonly [port: string]: RuntimeValue }> {
    const source = await regionSources(region);
    const context: OptimiseContext = {
      ...(await evaluateContext(id, reader)),
      probe: () => probeLoss(lossRegion(region, source), { compile: (key, build) => engine.compile(key, build), remember: (key, make) => engine.remember(key, make) }),
      async minimise(options) {
        const pace: number[] = [];
        let last = performance.now();
        let warm = false;
        const loss = lossRegion(region, source);
        if (o.intercept) o.intercept(loss, options);
        const list = context.inputs["frames"];
        const going: MinimiseContext = {
          compile: (key, build) => engine.compile(key, build),
          remember: (key, make) => engine.remember(key, make),
          progress(event) {
            const now = performance.now();
            // The first step compiles what the others only run.
            if (event.terms && warm) pace.push(now - last);
            warm ||= event.terms !== undefined;
            last = now;
            const recent = pace.slice(-15).sort((a, c) => a - c);
            const secondsPerStep = event.secondsPerStep ?? (recent.length ? recent[recent.length >> 1]! / 1000 : undefined);
            o.onEvent({
              type: "progress",
              node: id,
              ...event,
              ...(secondsPerStep === undefined ? {} : { secondsPerStep, secondsLeft: secondsPerStep * (event.left ?? event.of - event.step) }),
            });
          },
          ...(o.onCheckpoint ? { checkpoint: (state) => o.onCheckpoint!(id, state) } : {}),
          ...(o.signal ? { signal: o.signal } : {}),
          ...(o.resume?.[id] ? { resume: o.resume[id] } : {}),
        };
        const frames = list?.kind === "images" ? list.items : undefined;
        const result = frames ? await minimiseFrames(frames.length, (i, work) => withPicture(region, frames[i]!.image, () => work(lossRegion(region, source))), options, going) : await minimise(loss, options, going);
        if (!frames) states[id] = result.state;
        if (result.interrupted) interrupted.push({ node: id, step: result.state.step, of: stepsOf(frames?.length ?? 1, options) });
        return { image: result.image, losses: result.losses, frames: result.frames };
      },
    };
    return flat.byId.get(id)!.declaration!.optimise!(context);
  }

  /** Does something while a list's source gives this picture, and all between it and the region follows; afterwards it is as before. */
  async function withPicture<T>({ optimiser, sequence }: Region, picture: ImageValue, work: () => Promise<T>): Promise<T> {
    const { node, chain } = sequence!;
    const port = flat.byId.get(node)!.declaration!.outputs.find((p) => (p.type as PortType).kind === "image");
    const isRead = port && plan.regions.get(optimiser)!.nodes.concat(chain).some((n) => (flat.incoming.get(n) ?? []).some((w) => w.fromNode === node && w.fromPort === port.name));
    if (!isRead) throw new NodeFailure("frames-unused", `The frames do not reach the loss: connect the picture that “${node}” gives beside its list to what is compared with the generated one, such as the content.`);
    const before = new Map([node, ...chain].map((id) => [id, values.get(id)] as const));
    try {
      values.set(node, { ...before.get(node), [port.name]: picture });
      for (const id of chain) {
        const declaration = flat.byId.get(id)!.declaration!;
        const reader = readerOf(id);
        values.set(id, isLowered(declaration, overrides.params.get(id)!) ? await lowerAlone(id, reader) : await declaration.evaluate!(await evaluateContext(id, reader)));
      }
      return await work();
    } finally {
      for (const [id, value] of before)
        if (value) values.set(id, value);
        else values.delete(id);
    }
  }

  /** A network that was trained has its id from now on: encodings behind it carry it. */
  function identify(id: string, outputs: { readonly [port: string]: RuntimeValue }): void {
    let found = false;
    for (const w of flat.wires) {
      const value = w.fromNode === id ? outputs[w.fromPort] : undefined;
      const type = types.get(w.fromKey);
      if (value?.kind !== "network" || type?.kind !== "network" || type.network) continue;
      identified.set(w.toNode, new Map([...(identified.get(w.toNode) ?? []), [w.toPort, { ...type, network: value.network }]]));
      found = true;
    }
    if (o.retype && found) types = o.retype(identified);
  }

  /** What the lowering of a region needs beside its nodes. */
  async function regionSources(region: Region | TrainingRegion) {
    const described = region.nodes.map((n) => [n, flat.byId.get(n)!.type, flat.byId.get(n)!.version, overrides.params.get(n)!, (flat.incoming.get(n) ?? []).map((w) => [w.toPort, w.fromKey])]);
    return { flat, overrides, prepared: await prepareAll(region.nodes), types, value: (k: string) => valueOf(k), key: await hashText(canonicalJson([described, await insideOf(region)] as never)) };
  }

  async function trainRegion(id: string, region: TrainingRegion, reader: SourceReader): Promise<{ readonly [port: string]: RuntimeValue }> {
    const sources = await regionSources(region);
    const feedContext = await evaluateContext(region.feed, readerOf(region.feed));
    const context: TrainContext = {
      ...(await evaluateContext(id, reader)),
      async train(options) {
        const { result, state, interrupted: stopped } = await trainNode(
          {
            region, sources: { ...sources, key: `${sources.key}|${JSON.stringify(region.ends)}` }, feedContext,
            compile: (key, build) => engine.compile(key, build),
            remember: (key, make) => engine.remember(key, make),
            progress: (event) => o.onEvent({ type: "progress", node: id, ...event }),
            // Kept with the trainer's own, though they lie on nodes that it swallowed.
            warn(node, notice) {
              const diagnostic: Diagnostic = { severity: "warning", node, ...notice };
              notices.set(id, [...(notices.get(id) ?? []), diagnostic]);
              said.add(diagnostic);
              o.onEvent({ type: "notice", diagnostic });
            },
            ...(o.onCheckpoint ? { checkpoint: (now) => o.onCheckpoint!(id, now) } : {}),
            ...(o.interceptTraining ? { intercept: o.interceptTraining } : {}),
            ...(o.signal ? { signal: o.signal } : {}),
            ...(o.resume?.[id] ? { resume: o.resume[id] } : {}),
          },
          options,
        );
        states[id] = state;
        if (stopped) interrupted.push({ node: id, step: state.step, of: options.steps });
        return result;
      },
    };
    return flat.byId.get(id)!.declaration!.train!(context);
  }

  /** A node may leave an output empty, and has warned why. */
  function cameOut(key: string): RuntimeValue {
    const value = valueOf(key);
    if (!value) throw new NodeFailure("no-value", `Nothing came out of “${key}”; a warning there says why.`);
    return value;
  }

  function valueOf(key: string): RuntimeValue {
    const dot = key.lastIndexOf(".");
    return values.get(key.slice(0, dot))![key.slice(dot + 1)]!;
  }
}
