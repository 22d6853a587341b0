/** Files of a graph that are kept in memory alone: for an embedded editor whose host keeps the graph. */
import type { GraphFiles } from "./graph-files.ts";

export function createMemoryFiles(_initial: ReadonlyMap<string, Uint8Array> = new Map()): GraphFiles {
  throw new Error("to be written");
}
