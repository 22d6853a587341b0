/** The host that `loadGraph` takes in Node when it is given none: bounded file access, plus the paths that the caller names. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { GraphError } from "@patchbay/graph-core";
import type { Host } from "../node-api/host.ts";
import { createNodeHost, type NodeHostOptions } from "./node.ts";

export const createDefaultHost = (options: NodeHostOptions = {}): Host => createNodeHost(options);

/** Larger graphs carry pictures that belong in files. */
const LARGEST_GRAPH = 256 * 2 ** 20;

/** Throws GraphError naming the file when it cannot be read. */
export async function readGraphFile(source: string | URL): Promise<{ text: string; folder: string }> {
  const file = source instanceof URL ? fileURLToPath(source) : source;
  const fail = (message: string) => new GraphError([{ code: "graph-unreadable", severity: "error", message }]);
  let found: { size: number; isFile(): boolean };
  try {
    found = await stat(file);
  } catch {
    throw fail(`There is no graph file “${file}”.`);
  }
  if (!found.isFile()) throw fail(`“${file}” is not a file.`);
  if (found.size > LARGEST_GRAPH) throw fail(`“${file}” is ${Math.round(found.size / 2 ** 20)} MB large; a graph may have ${LARGEST_GRAPH / 2 ** 20} MB.`);
  return { text: await readFile(file, "utf8"), folder: path.dirname(path.resolve(file)) };
}
