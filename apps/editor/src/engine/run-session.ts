/** One run as the page sees it: told to stop it stops at once, and when its engine is lost it goes on in another. */
import type { BackendId, OptimiserState } from "@patchbay/runtime";
import type { ShownValue } from "../model/run-state.ts";
import type { EngineEvent, RunHandle, RunOutcome, RunRequest } from "./engine.ts";
import { EngineEnded, type EngineLink } from "./engine-link.ts";
import type { PostedEvent, RunAnswer } from "./protocol.ts";
import { nextAttempt, type Attempt } from "./recovery.ts";

/**
 * Milliseconds after which a stop counts as done for the person who asked, and after which the engine is ended if it still computes.
 * A training that is stopped still hands on the best network so far, which has to be written.
 */
export const STOP = { answer: 30, end: 1000, training: 8000 } as const;

export interface SessionOptions {
  readonly link: EngineLink;
  /** The values that were last shown, by flat `node.port`: the engine does not post them twice. */
  readonly shown: Map<string, ShownValue>;
  /** Whether the engine can be ended in the middle of a kernel. */
  readonly canEnd: boolean;
}

/** An engine that could not be loaded stays so until it is started anew: the connection may be back by then. */
const isWorthAFreshStart = (answer: RunOutcome): boolean =>
  (answer.kind === "done" && answer.result.backend.tried.some((t) => /did not (?:start|load)/.test(t.reason))) || (answer.kind === "failed" && answer.diagnostics.some((d) => d.code === "no-backend"));

type States = { readonly [node: string]: OptimiserState };

export function startSession(request: RunRequest, onEvent: (event: EngineEvent) => void, { link, shown, canEnd }: SessionOptions): RunHandle {
  let stopping = false;
  let over = false;
  let id: number | undefined;
  let checkpoints: States = { ...request.resume };
  let used: BackendId | undefined;
  let isTraining = false;

  const hear = (events: readonly PostedEvent[]): void => {
    for (const event of events) {
      if (event.type === "checkpoint") checkpoints = { ...checkpoints, [event.node]: event.state };
      if (event.type === "progress") isTraining = isTraining || event.validation !== undefined || event.counts !== undefined;
      if (event.type === "backend") used = event.id as BackendId;
      if (event.type !== "value") onEvent(event);
      else {
        const key = `${event.node}.${event.port}`;
        if (event.value) shown.set(key, event.value);
        const value = event.value ?? shown.get(key);
        if (value) onEvent({ type: "value", node: event.node, port: event.port, value });
      }
    }
  };

  async function ask(attempt: Attempt): Promise<RunAnswer> {
    const asked = link.call<RunAnswer>({ method: "run", request: { ...request, ...attempt } }, hear);
    id = asked.id;
    try {
      return await asked.answer;
    } catch (error) {
      if (!(error instanceof EngineEnded)) return { kind: "failed", diagnostics: [{ code: "engine-failed", severity: "error", message: `The engine could not run this graph: ${error instanceof Error ? error.message : String(error)}` }] };
      if (error.byStop && !stopping) return ask(attempt); // another run's stop, for which this one waited
      if (!error.hadStarted) return { kind: "failed", diagnostics: [{ code: "engine-not-loaded", severity: "error", message: error.message }] };
      return { kind: "lost", reason: error.message, again: true };
    }
  }

  async function go(): Promise<RunOutcome> {
    const lostOn: BackendId[] = [];
    let attempt: Attempt = {};
    for (;;) {
      const answer = await ask(attempt);
      if (stopping) return answer.kind === "done" ? answer : { kind: "stopped", states: { ...checkpoints, ...(answer.kind === "stopped" ? answer.states : {}) } };
      if (answer.kind !== "lost") {
        if (isWorthAFreshStart(answer)) link.end("The engine is started anew.", { byStop: true });
        return answer;
      }
      link.end(answer.reason);
      if (used) lostOn.push(used);
      const next = nextAttempt({ lostOn, reason: answer.reason, again: answer.again, checkpoints });
      if ("diagnostic" in next) return { kind: "failed", diagnostics: [next.diagnostic] };
      onEvent({ type: "recovered", text: next.text });
      attempt = next.attempt;
    }
  }

  const finished = go().finally(() => (over = true));
  return {
    finished,
    async stop() {
      if (over) return;
      if (!stopping) {
        stopping = true;
        if (id !== undefined) link.stop(id);
        const timer = setTimeout(() => !over && canEnd && link.end("The run was stopped.", { byStop: true }), isTraining ? STOP.training : STOP.end);
        void finished.then(() => clearTimeout(timer));
      }
      await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, STOP.answer))]);
    },
  };
}
