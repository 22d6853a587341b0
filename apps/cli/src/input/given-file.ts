/** A file that somebody names on the command line: checked at once, and readable for the graph from then on. */
import { NodeFailure, type LoadedGraph } from "@patchbay/runtime";
import { usage } from "../exit.ts";

/** A path relative to the current folder, as everything on a command line; the graph may read it from now on. */
export async function givenFile(graph: LoadedGraph, option: string, value: string): Promise<string> {
  try {
    return (await graph.host.givenPath?.(value)) ?? value;
  } catch (error) {
    if (error instanceof NodeFailure) throw usage(`${option}: ${error.message}`);
    throw error;
  }
}
