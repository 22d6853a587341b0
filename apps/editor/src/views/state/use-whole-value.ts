/** The whole of a value, fetched from the engine where the page keeps only a summary of it. */
import type { RuntimeValue } from "@patchbay/runtime";
import { useEffect, useState } from "react";
import { useEditor } from "../../app/editor-context.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ShownValue, ValueSummary } from "../../model/run-state.ts";

/** What a node fetches by itself, without being asked. */
export const FETCHED_UNASKED = 48e6;

// A summary is made once for each value, so it stands for it: also when the value is later marked as stale.
const fetched = new WeakMap<ValueSummary, Promise<RuntimeValue | null>>();

export function wholeValue(engine: Engine, key: string, shown: ShownValue): Promise<RuntimeValue | null> {
  if (shown.value) return Promise.resolve(shown.value);
  let promise = fetched.get(shown.summary);
  if (!promise) {
    promise = engine.value(key).catch(() => null);
    fetched.set(shown.summary, promise);
    // The engine may have it again after the next run of the same graph.
    void promise.then((value) => value ?? fetched.delete(shown.summary));
  }
  return promise;
}

export type Whole = { readonly state: "ready"; readonly value: RuntimeValue } | { readonly state: "waiting" | "gone" | "none" };

const WAITING: Whole = { state: "waiting" };

/** `wanted`: fetch it at all; a view that is far away or would need very much waits. */
export function useWholeValue(key: string | undefined, shown: ShownValue | undefined, wanted = true): Whole {
  const { engine } = useEditor();
  const [got, setGot] = useState<{ summary: ValueSummary; value: RuntimeValue | null } | null>(null);
  const summary = shown?.summary;
  const here = shown?.value;
  useEffect(() => {
    if (!wanted || here || !shown || key === undefined) return;
    let current = true;
    void wholeValue(engine, key, shown).then((value) => current && setGot({ summary: shown.summary, value }));
    return () => void (current = false);
    // The value is the summary's, not the entry's: when freshness alone changes nothing is asked for.
  }, [engine, key, summary, here, wanted]);
  if (!shown) return { state: "none" };
  if (here) return { state: "ready", value: here };
  // Until the new one is here the one before stays on show.
  if (got?.value) return { state: "ready", value: got.value };
  return got && got.summary === summary ? { state: "gone" } : WAITING;
}
