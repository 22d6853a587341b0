/** Connects Run, Stop and Live with the editor's state. */
import type { BackendId, OptimiserState } from "@patchbay/runtime";
import type { Editor } from "../model/editor.ts";
import { IDLE, type RunState } from "../model/run-state.ts";
import { backendTitle } from "./backend-titles.ts";
import type { Engine, EngineEvent, RunHandle, RunOutcome } from "./engine.ts";
import { measureMemory } from "./measure-memory.ts";
import { graphSignature, nodeSignatures } from "./node-signatures.ts";
import { createRunRecord } from "./run-record.ts";
import type { RunControl } from "./run-control.ts";

/** Milliseconds that Live waits for more changes. */
const SETTLE = 120;
/** Runs that took longer than this are begun again only when the changes have come to rest. */
const QUICK = 1000;

interface Current {
  readonly handle: RunHandle;
  readonly began: number;
  /** Last state of each optimiser. */
  readonly checkpoints: Map<string, OptimiserState>;
  readonly signatures: ReadonlyMap<string, number>;
  /** It was told to stop; what still comes of it is used while nothing newer runs. */
  isStopped: boolean;
}

export function createRunControl(editor: Editor, engine: Engine): RunControl {
  const { store } = editor;
  const record = createRunRecord(store);
  const told = new Set<string>();
  /** What each optimiser can go on from was made for, and what it last went on from: the same again finds its result in the cache. */
  const resumableFor = new Map<string, number>();
  const continued = new Map<string, { readonly state: OptimiserState; readonly signature: number | undefined }>();
  let current: Current | undefined;
  let turn = 0;
  /** What a stop still has to write: many nodes draw themselves anew for it, which nobody who pressed Stop should wait for. */
  let owed: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastGraph = graphSignature(store.getState().inference.flat);
  let lastAsked: readonly string[] | undefined;
  let isDisposed = false;

  const run = (): RunState => store.getState().run;
  const write = (change: Partial<RunState>): void => store.setState((state) => ({ run: { ...state.run, ...change } }));
  const signaturesNow = (): ReadonlyMap<string, number> => nodeSignatures(store.getState().inference.flat);

  function settle(): void {
    const work = owed;
    owed = undefined;
    work?.();
  }

  /** Nothing runs any more, and the page says so before it does the rest. */
  function sayStopped(resumable: RunState["resumable"]): void {
    settle();
    write({ phase: "idle", resumable });
    owed = () => record.end({});
    afterFrame(settle);
  }

  function resumeStates(wanted: "all" | "unchanged" | "none"): { [node: string]: OptimiserState } {
    const now = signaturesNow();
    const states: { [node: string]: OptimiserState } = {};
    for (const [node, { state, signature }] of continued)
      if (now.has(node) && signature === now.get(node) && !run().resumable.has(node)) states[node] = state;
      else continued.delete(node);
    if (wanted === "none") return states;
    for (const [node, state] of run().resumable) {
      if (!now.has(node) || (wanted === "unchanged" && resumableFor.get(node) !== now.get(node))) continue;
      states[node] = state;
      continued.set(node, { state, signature: now.get(node) });
    }
    return states;
  }

  async function start({ nodes, resume }: { nodes?: readonly string[]; resume?: boolean } = {}, isLive = false): Promise<void> {
    const mine = ++turn;
    clearTimeout(timer);
    timer = undefined;
    if (current && !current.isStopped) await stop();
    if (mine !== turn || isDisposed) return;
    settle();
    const states = resumeStates(resume ? "all" : isLive ? "unchanged" : "none");
    const { backend } = run();
    lastGraph = graphSignature(store.getState().inference.flat);
    lastAsked = nodes;
    record.begin(states);
    // A map of its own tells a run that goes on from a graph that was opened meanwhile.
    write({ phase: "running", nodes: run().nodes === IDLE.nodes ? new Map() : run().nodes, ...(isLive ? {} : { problems: [] }) });
    const handle = engine.run(
      { document: store.getState().history.document, ...(nodes ? { nodes } : {}), ...(backend ? { backend } : {}), ...(Object.keys(states).length ? { resume: states } : {}) },
      (event) => mine === turn && hear(event),
    );
    const me: Current = (current = { handle, began: performance.now(), checkpoints: new Map(Object.entries(states)), signatures: signaturesNow(), isStopped: false });
    const outcome = await handle.finished;
    if (mine === turn && !isDisposed) finish(me, outcome);
  }

  function hear(event: EngineEvent): void {
    if (event.type === "checkpoint") current?.checkpoints.set(event.node, event.state);
    if (event.type === "recovered") editor.notify({ kind: "warning", text: event.text });
    if (event.type === "backend") tellFallback(event);
    // A kernel that still runs when Stop was answered goes on telling; nothing runs any more for the person.
    const isMoving = event.type === "progress" || (event.type === "node" && (event.state === "queued" || event.state === "running"));
    if (isMoving && current?.isStopped && run().phase === "idle") return;
    record.add(event);
  }

  /** Once in a session for each reason. */
  function tellFallback({ id, tried }: Extract<EngineEvent, { type: "backend" }>): void {
    for (const { id: passed, reason } of tried) {
      const text = `${backendTitle(passed)} was passed over: ${reason.replace(/[.\s]+$/, "")}. Running on ${backendTitle(id)}.`;
      if (told.has(text)) continue;
      told.add(text);
      editor.notify({ kind: "info", text });
    }
  }

  function finish(me: Current, outcome: RunOutcome): void {
    current = undefined;
    settle();
    const resumable = new Map(run().resumable);
    const keep = (states: Iterable<readonly [string, OptimiserState]>): void => {
      for (const [node, state] of states) {
        resumable.set(node, state);
        const signature = me.signatures.get(node);
        if (signature !== undefined) resumableFor.set(node, signature);
      }
    };
    const milliseconds = performance.now() - me.began;
    if (outcome.kind === "stopped") {
      keep([...me.checkpoints, ...Object.entries(outcome.states)]);
      sayStopped(resumable);
    } else if (outcome.kind === "failed") {
      keep(me.checkpoints);
      // A state that fits no longer would fail for ever.
      for (const d of outcome.diagnostics) if (d.code === "resume-mismatch" && d.node) forget(d.node, resumable);
      record.end({ phase: "idle", resumable, problems: notKnown(outcome.diagnostics) });
      for (const d of outcome.diagnostics) if (d.node === undefined) editor.notify({ kind: "error", text: d.message });
    } else {
      record.end({ phase: "idle", problems: notKnown(outcome.problems ?? []), lastMilliseconds: milliseconds });
      for (const [node, { phase }] of run().nodes) if (phase === "done" || phase === "cached") resumable.delete(node);
      write({ resumable, used: outcome.result.backend });
    }
    void measureMemory(engine).then((memory) => !isDisposed && write({ memory }));
  }

  function forget(node: string, resumable: Map<string, OptimiserState>): void {
    resumable.delete(node);
    continued.delete(node);
  }

  /** Without what the drawing shows anyway, before anything runs. */
  function notKnown(problems: RunState["problems"]): RunState["problems"] {
    const shown = new Set(store.getState().inference.diagnostics.map((d) => `${d.node} ${d.code} ${d.message}`));
    return problems.filter((d) => !shown.has(`${d.node} ${d.code} ${d.message}`));
  }

  async function stop(): Promise<void> {
    const me = current;
    if (!me || me.isStopped) return;
    me.isStopped = true;
    write({ phase: "stopping" });
    await me.handle.stop();
    // It may still be busy for a moment; for the person it has stopped. What it hands on at its end replaces this.
    if (current !== me) return;
    const resumable = new Map(run().resumable);
    for (const [node, state] of me.checkpoints) {
      resumable.set(node, state);
      resumableFor.set(node, me.signatures.get(node) ?? NaN);
    }
    sayStopped(resumable);
  }

  /** Something changed while Live is on, or its values grew old. */
  function onChange(): void {
    const { inference } = store.getState();
    record.refresh();
    const graph = graphSignature(inference.flat);
    if (graph === lastGraph) return;
    lastGraph = graph;
    if (run().live) restartSoon();
  }

  function restartSoon(): void {
    if ((run().lastMilliseconds ?? 0) > QUICK) {
      clearTimeout(timer);
      timer = undefined;
    }
    timer ??= setTimeout(() => void start(lastAsked ? { nodes: lastAsked } : {}, true), SETTLE);
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (current && state.run.nodes === IDLE.nodes && before.run.nodes !== IDLE.nodes) {
      // Another graph was opened: what comes of this run belongs to no node any more.
      turn++;
      owed = undefined;
      void current.handle.stop();
      current = undefined;
      record.forget();
      continued.clear();
      resumableFor.clear();
      lastAsked = undefined;
      write({ phase: "idle", loading: [] });
    }
    if (state.inference !== before.inference) onChange();
  });

  return {
    start: (options) => void start(options),
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      turn += current ? 0 : 1; // a run that only waits for its turn does not begin
      void stop();
    },
    setLive(live) {
      if (run().live === live) return;
      write({ live });
      if (!live) {
        clearTimeout(timer);
        timer = undefined;
      } else if (run().phase === "idle") void start({}, true);
    },
    setBackend(id: BackendId | null) {
      if (run().backend === id) return;
      write({ backend: id });
      if (run().live) restartSoon();
    },
    async probe() {
      if (run().backends) return;
      const backends = await engine.probe();
      if (backends.length && !isDisposed) write({ backends });
    },
    dispose() {
      isDisposed = true;
      turn++;
      clearTimeout(timer);
      unsubscribe();
      void current?.handle.stop();
    },
  };
}

/** When what was written last stands on the screen; a hidden page draws no frames. */
function afterFrame(work: () => void): void {
  if (typeof requestAnimationFrame === "function" && document.visibilityState === "visible") requestAnimationFrame(() => setTimeout(work));
  else setTimeout(work);
}
