/** Undo and redo as plain data: immer patches with their inverses, one entry for each gesture. */
import { applyPatches, enablePatches, type Patch } from "immer";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphDocument } from "../document/document.ts";
import { applyWithPatches, type ApplyOptions } from "./apply-changes.ts";
import type { Change } from "./change.ts";
import { describeChanges } from "./describe-changes.ts";

export interface HistoryEntry {
  /** What a menu shows: “Undo move”. */
  label: string;
  /** While it is set, further changes of the same gesture join this entry. */
  gesture?: string;
  patches: readonly Patch[];
  inverse: readonly Patch[];
}

export interface History {
  document: GraphDocument;
  /** Oldest first. */
  past: readonly HistoryEntry[];
  /** Next to redo first. */
  future: readonly HistoryEntry[];
  /** So many entries are kept. */
  limit: number;
}

export interface RecordOptions extends ApplyOptions {
  /** A name shared by the changes of one drag or one run of typing; they undo together. */
  gesture?: string;
  label?: string;
}

export const createHistory = (document: GraphDocument, options: { limit?: number } = {}): History => ({ document, past: [], future: [], limit: options.limit ?? 500 });

/** Applies changes and remembers how to take them back. Changes that alter nothing leave no entry. */
export function recordChanges(history: History, changes: readonly Change[], options: RecordOptions = {}): { history: History; diagnostics: Diagnostic[] } {
  const { document, diagnostics, patches, inverse } = applyWithPatches(history.document, changes, options);
  if (patches.length === 0) return { history, diagnostics };
  const last = history.past.at(-1);
  const { gesture } = options;
  if (last && gesture !== undefined && last.gesture === gesture && history.future.length === 0) {
    const joined = { ...last, patches: joinPatches(last.patches, patches), inverse: joinPatches(inverse, last.inverse) };
    return { history: { ...history, document, past: [...history.past.slice(0, -1), joined] }, diagnostics };
  }
  const entry: HistoryEntry = { label: options.label ?? describeChanges(changes), ...(gesture === undefined ? {} : { gesture }), patches, inverse };
  return { history: { ...history, document, past: [...history.past, entry].slice(-history.limit), future: [] }, diagnostics };
}

/** The next change starts an entry of its own, whatever its gesture is called. */
export function endGesture(history: History): History {
  const last = history.past.at(-1);
  if (last?.gesture === undefined) return history;
  const { gesture: _ended, ...entry } = last;
  return { ...history, past: [...history.past.slice(0, -1), entry] };
}

/** The same history when there is nothing to undo. */
export function undo(history: History): History {
  const entry = history.past.at(-1);
  if (!entry) return history;
  enablePatches();
  return { ...history, document: applyPatches(history.document, [...entry.inverse]), past: history.past.slice(0, -1), future: [endedEntry(entry), ...history.future] };
}

/** The same history when there is nothing to redo. */
export function redo(history: History): History {
  const [entry, ...future] = history.future;
  if (!entry) return history;
  enablePatches();
  return { ...history, document: applyPatches(history.document, [...entry.patches]), past: [...history.past, entry], future };
}

/** What can be undone, oldest first, and redone, next first. */
export const historyLabels = (history: History): { undo: string[]; redo: string[] } => ({
  undo: history.past.map((entry) => entry.label),
  redo: history.future.map((entry) => entry.label),
});

function endedEntry({ gesture: _ended, ...entry }: HistoryEntry): HistoryEntry {
  return entry;
}

/**
 * A drag sets the same values over and over: of two replacements of one value, only the later one counts. That holds where
 * no patch reaches into what another replaces, since such patches need the order in which they were made.
 */
function joinPatches(first: readonly Patch[], second: readonly Patch[]): Patch[] {
  const all = [...first, ...second];
  const byPath = new Map<string, Patch>();
  for (const patch of all) {
    const path = JSON.stringify(patch.path);
    byPath.delete(path);
    byPath.set(path, patch);
  }
  const nested = ({ path }: Patch): boolean => path.some((_, length) => length > 0 && byPath.has(JSON.stringify(path.slice(0, length))));
  return all.every((patch) => patch.op === "replace" && !nested(patch)) ? [...byPath.values()] : all;
}
