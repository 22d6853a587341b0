/** Writes what a run reports into the editor's state, at most once a frame, leaving everything that did not change as it is. */
import type { Diagnostic } from "@patchbay/graph-core";
import type { OptimiserState } from "@patchbay/runtime";
import type { StoreApi } from "zustand/vanilla";
import type { EditorState } from "../model/editor-state.ts";
import { portKind } from "../model/port-kind.ts";
import type { NodeProgressState, NodeRun, RunState, ShownValue } from "../model/run-state.ts";
import type { EngineEvent } from "./engine.ts";
import { nodeSignatures, type Signatures } from "./node-signatures.ts";
import { createProgressCurves, validationsOf, type ProgressCurves } from "./progress-curves.ts";
import { shownValue } from "./summarise.ts";

/** Milliseconds between two versions of a node's curves. */
const CURVES = 100;

/** Of one node while it runs. */
interface Gathered {
  readonly losses: ProgressCurves;
  readonly validation: ProgressCurves;
  /** Terms that are metrics or counts: no part of the loss. */
  readonly beside: Set<string>;
  shown: number;
}

export interface RunRecord {
  /** A run begins: its events are the only ones that count from here on. */
  begin(resume: { readonly [node: string]: OptimiserState }): void;
  add(event: EngineEvent): void;
  /** Writes what waits, and leaves no node running. What an optimiser last showed stays as its picture. */
  end(change: Partial<RunState>): void;
  /** Marks values that are no longer what a run would give, and those that are again. */
  refresh(): void;
  /** Another graph was opened. */
  forget(): void;
}

export function createRunRecord(store: StoreApi<EditorState>, frame: (work: () => void) => void = nextFrame): RunRecord {
  let waiting: EngineEvent[] = [];
  let isPlanned = false;
  let isNew = false;
  let signatures: Signatures = new Map();
  const curves = new Map<string, Gathered>();
  /** In which run each notice came. */
  const noted = new WeakMap<Diagnostic, number>();
  let turn = 0;
  /** What each node's values were computed for. */
  const computedFor = new Map<string, number>();

  const write = (change: Partial<RunState>): void => store.setState((state) => ({ run: { ...state.run, ...change } }));
  const flatOf = (): EditorState["inference"]["flat"] => store.getState().inference.flat;

  function flush(): void {
    isPlanned = false;
    if (!waiting.length) return;
    const events = waiting;
    waiting = [];
    const { run } = store.getState();
    let nodes: Map<string, NodeRun> | undefined;
    let values: Map<string, ShownValue> | undefined;
    const change: { -readonly [K in keyof RunState]?: RunState[K] } = {};
    let notices: readonly Diagnostic[] | undefined;
    const now = nodeSignatures(flatOf());
    for (const event of events) {
      switch (event.type) {
        case "backend":
          change.used = { id: event.id as never, device: event.device, tried: event.tried };
          break;
        case "loading":
          change.loading = event.loading;
          break;
        case "node":
          // The states of the run before stay until the new one has some of its own.
          if (isNew) nodes = new Map();
          isNew = false;
          // Those of this run may come before the node is done, and those of a training from the trainer.
          if (event.state !== "queued" && (notices ?? run.notices).length) {
            const again = ranWith(flatOf(), event.node);
            notices = (notices ?? run.notices).filter((d) => d.node === undefined || !again.has(d.node) || noted.get(d) === turn);
          }
          nodes ??= new Map(run.nodes);
          nodes.set(event.node, nodeRun(event, nodes.get(event.node)));
          break;
        case "notice": {
          const { diagnostic } = event;
          noted.set(diagnostic, turn);
          notices = [...(notices ?? run.notices).filter((d) => d.node !== diagnostic.node || d.code !== diagnostic.code || d.message !== diagnostic.message), diagnostic];
          break;
        }
        case "progress": {
          nodes ??= new Map(run.nodes);
          nodes.set(event.node, { phase: "running", progress: progressOf(event, nodes.get(event.node)?.progress) });
          break;
        }
        case "value": {
          values ??= new Map(run.values);
          const computed = signatures.get(event.node);
          if (computed !== undefined) computedFor.set(event.node, computed);
          values.set(`${event.node}.${event.port}`, withFresh(event.value, computed === now.get(event.node)));
        }
      }
    }
    if (nodes) change.nodes = nodes;
    if (values) change.values = values;
    if (notices && !same(notices, run.notices)) change.notices = notices;
    write(change);
  }

  function progressOf(event: Extract<EngineEvent, { type: "progress" }>, before: NodeProgressState | undefined): NodeProgressState {
    const gathered = gather(event);
    const isDue = gathered && event.terms && (performance.now() - gathered.shown >= CURVES || event.validation !== undefined);
    if (isDue) gathered.shown = performance.now();
    const series = isDue ? gathered.losses.series() : before?.curves;
    const validation = event.validation ? gathered?.validation.series() : before?.validation;
    const preview = event.preview ?? before?.preview;
    const counts = event.counts ?? before?.counts;
    return {
      step: event.step,
      of: event.of,
      ...(event.note === undefined ? {} : { note: event.note }),
      ...(event.secondsPerStep === undefined ? {} : { secondsPerStep: event.secondsPerStep }),
      ...(event.secondsLeft === undefined ? {} : { secondsLeft: event.secondsLeft }),
      ...(preview ? { preview } : {}),
      ...(series ? { curves: series } : {}),
      ...(validation ? { validation } : {}),
      ...(counts ? { counts } : {}),
    };
  }

  function gather({ node, step, terms, validation, counts }: Extract<EngineEvent, { type: "progress" }>): Gathered | undefined {
    let gathered = curves.get(node);
    if (!terms) return gathered;
    if (!gathered) {
      const state = resumed[node];
      const { steps, metrics } = validationsOf(state);
      curves.set(node, (gathered = { losses: createProgressCurves(state?.losses), validation: createProgressCurves(metrics, steps), beside: new Set(Object.keys(metrics)), shown: -Infinity }));
    }
    for (const name of Object.keys({ ...validation, ...counts })) gathered.beside.add(name);
    const { beside } = gathered;
    gathered.losses.add(step, beside.size ? Object.fromEntries(Object.entries(terms).filter(([name]) => !beside.has(name))) : terms);
    if (validation) gathered.validation.add(step, validation);
    return gathered;
  }
  let resumed: { readonly [node: string]: OptimiserState } = {};

  return {
    begin(resume) {
      waiting = [];
      isNew = true;
      turn++;
      resumed = resume;
      curves.clear();
      signatures = nodeSignatures(flatOf());
    },
    add(event) {
      if (event.type === "checkpoint" || event.type === "recovered") return;
      waiting.push(event);
      if (isPlanned) return;
      isPlanned = true;
      frame(flush);
    },
    end(change) {
      flush();
      const { run, inference } = store.getState();
      const nodes = new Map(run.nodes);
      const values = new Map(run.values);
      const now = nodeSignatures(inference.flat);
      for (const [id, { phase, progress }] of run.nodes) {
        if (phase === "done" || phase === "cached") continue;
        if (phase !== "failed") nodes.delete(id);
        const node = inference.flat.byId.get(id)?.declaration;
        const gathered = curves.get(id);
        if (!node || (!progress?.preview && !gathered)) continue;
        const computed = signatures.get(id);
        if (computed !== undefined) computedFor.set(id, computed);
        const keep = (port: string | undefined, value: ShownValue): void => void (port !== undefined && values.set(`${id}.${port}`, withFresh(value, computed === now.get(id))));
        if (progress?.preview) keep(node.outputs.find((o) => portKind(o.type) === "picture")?.name, shownValue(progress.preview));
        if (!gathered) continue;
        const [losses, validation] = node.outputs.filter((o) => o.type.kind === "series");
        keep(losses?.name, shownValue(gathered.losses.series()));
        keep(validation?.name, shownValue(gathered.validation.series()));
      }
      write({ ...change, nodes, values, loading: [] });
    },
    refresh() {
      const { run, inference } = store.getState();
      const now = nodeSignatures(inference.flat);
      let values: Map<string, ShownValue> | undefined;
      for (const [key, value] of run.values) {
        const node = key.slice(0, key.lastIndexOf("."));
        const computed = computedFor.get(node);
        const isFresh = computed !== undefined && computed === now.get(node);
        if (isFresh !== value.fresh) (values ??= new Map(run.values)).set(key, withFresh(value, isFresh));
      }
      if (values) write({ values });
      const there = run.notices.filter((d) => d.node === undefined || inference.flat.byId.has(d.node));
      if (there.length < run.notices.length) write({ notices: there });
    },
    forget() {
      waiting = [];
      curves.clear();
      computedFor.clear();
    },
  };
}

/** Until a node is done it keeps what it showed: where its engine is lost it waits and runs again, and its picture stays. */
function nodeRun({ state, milliseconds }: Extract<EngineEvent, { type: "node" }>, before: NodeRun | undefined): NodeRun {
  const progress = state === "done" || state === "cached" ? undefined : before?.progress;
  return { phase: state, ...(milliseconds === undefined ? {} : { milliseconds }), ...(progress ? { progress } : {}) };
}

/** The node, and what an optimiser or trainer computes in its stead: all that lies before it. */
function ranWith(flat: EditorState["inference"]["flat"], node: string): ReadonlySet<string> {
  const found = new Set([node]);
  const role = flat.byId.get(node)?.declaration?.role;
  if (role === "optimiser" || role === "trainer") for (const id of found) for (const wire of flat.incoming.get(id) ?? []) found.add(wire.fromNode);
  return found;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

const withFresh = (value: ShownValue, fresh: boolean): ShownValue => (value.fresh === fresh ? value : { ...value, fresh });

/** A hidden page draws no frames. */
const nextFrame = (work: () => void): void => void (typeof requestAnimationFrame === "function" && document.visibilityState === "visible" ? requestAnimationFrame(work) : setTimeout(work, 16));
