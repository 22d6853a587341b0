/** Opens the graph that a command was given, with the folders that the person lets it read. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { GraphError, hasErrors } from "@patchbay/graph-core";
import { loadGraph, type LoadedGraph } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { usage } from "../exit.ts";
import { loadRegistry } from "./registry.ts";

export interface Opened {
  graph: LoadedGraph;
  /** No errors among its diagnostics. */
  ok: boolean;
}

/** Throws GraphError when the file holds no graph at all; mistakes inside the graph are in its diagnostics. */
export async function openGraph(file: string, options: { allowRead?: readonly string[] } = {}): Promise<Opened> {
  const info = await stat(file).catch(() => undefined);
  if (!info) throw usage(`There is no graph file ${file}.`);
  if (!info.isFile()) throw usage(`${file} is not a file; name a graph's JSON file.`);
  for (const folder of options.allowRead ?? []) {
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw usage(`--allow-read ${folder}: there is no such folder.`);
  }
  const full = path.resolve(file);
  // Packages are also looked up from here: the node library may be installed beside the command alone.
  const host = createNodeHost({ graphFolder: path.dirname(full), allowRead: options.allowRead, packagesFrom: [import.meta.url, import.meta.resolve("@patchbay/nodes")] });
  const graph = await loadGraph(pathToFileURL(full), { nodes: await loadRegistry(), host });
  return { graph, ok: !hasErrors(graph.diagnostics) };
}

/** No setting can mend a node that nobody knows, and its parameters cannot be read: that is said first. */
export function refuseUnknownNodes({ inference, diagnostics }: LoadedGraph): void {
  if (inference.flat.nodes.some((node) => !node.declaration)) throw new GraphError(diagnostics.filter((d) => d.severity === "error"));
}
