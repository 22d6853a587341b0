/** Copies untrusted data into plain JSON: finite numbers, own keys, no names that a JavaScript object gives meaning to. */
import type { Json } from "../document/document.ts";
import { RESERVED_NAMES } from "../document/endpoint.ts";
import type { Limits } from "./limits.ts";
import { pointerTo, type Report } from "./report.ts";

type Container = Json[] | { [key: string]: Json };

interface Task {
  from: object;
  into: Container;
  pointer: string;
  depth: number;
}

/**
 * Without recursion, so that depth cannot exhaust the stack; circular data ends at the depth limit.
 * What cannot be kept is reported and left out (`null` inside lists, to keep the others' places).
 * Returns `undefined` when a limit is exceeded.
 */
export function cleanJson(source: unknown, limits: Pick<Limits, "depth" | "values">, report: Report, pointer = ""): Json | undefined {
  let left = limits.values;
  const work: Task[] = [];

  const take = (value: unknown, at: () => string, depth: number): Json | undefined => {
    left--;
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") {
      // JSON writes -0 as 0, and a document must be what its file gives back.
      if (Number.isFinite(value)) return value === 0 ? 0 : value;
      report.error("not-finite", `A number here is ${value}; only finite numbers can be used.`, { pointer: at() });
      return undefined;
    }
    if (typeof value !== "object") {
      if (value !== undefined) report.error("not-json", `A ${typeof value} cannot be part of a graph.`, { pointer: at() });
      return undefined;
    }
    const into: Container = Array.isArray(value) ? [] : {};
    work.push({ from: value, into, pointer: at(), depth });
    return into;
  };

  const root = take(source, () => pointer, 1);
  while (work.length) {
    const task = work.pop()!;
    if (task.depth > limits.depth) {
      report.error("too-deep", `Lists and objects are nested more than ${limits.depth} deep here.`, { pointer: task.pointer });
      return undefined;
    }
    if (Array.isArray(task.from)) {
      const into = task.into as Json[];
      for (let i = 0; i < task.from.length; i++) {
        if (left < 0) break;
        into.push(take(task.from[i], () => pointerTo(task.pointer, i), task.depth + 1) ?? null);
      }
    } else {
      const into = task.into as { [key: string]: Json };
      for (const key of Object.keys(task.from)) {
        if (left < 0) break;
        if (RESERVED_NAMES.has(key)) {
          report.error("reserved-name", `“${key}” cannot be used as a name.`, { pointer: pointerTo(task.pointer, key) });
          continue;
        }
        const value = take((task.from as { [key: string]: unknown })[key], () => pointerTo(task.pointer, key), task.depth + 1);
        if (value !== undefined) into[key] = value;
      }
    }
    if (left < 0) {
      report.error("too-large", `The graph holds more than ${limits.values} values.`);
      return undefined;
    }
  }
  return root;
}
