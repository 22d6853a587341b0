/** A file that somebody names on the command line: checked at once, and readable for the graph from then on. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { NodeFailure, type LoadedGraph } from "@patchbay/runtime";
import type { FileParam } from "@patchbay/graph-core";
import { splitPictureList } from "@patchbay/nodes";
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

/** What a file parameter is set to: for most one file, for pictures also a folder or a list such as `Nora=a.jpg,b.jpg`; a CSV list of examples brings the folder that it lies in. */
export async function givenReference(graph: LoadedGraph, option: string, value: string, { accept }: FileParam): Promise<string> {
  if (accept === "dataset" && (await stat(value).catch(() => undefined))?.isFile()) await givenFile(graph, option, path.dirname(value));
  const items = accept === "images" || (accept === "volume" && value.includes(",")) ? splitPictureList(value) : [];
  const isList = items.length > 1 || (items.length === 1 && LISTED.exec(items[0]!)!.slice(1).some((part, i) => i !== 1 && part !== undefined));
  if (!isList || (await stat(value).catch(() => undefined))) return givenFile(graph, option, value);
  const given = items.map(async (item) => {
    const [, label = "", file, part = ""] = LISTED.exec(item)!;
    return `${label}${await givenFile(graph, option, file!)}${part}`;
  });
  return (await Promise.all(given)).join(",");
}

/** `[label=]file[#xywh=…]`. */
const LISTED = /^([^=/:#]+=\s*)?(.+?)(#xywh=[\d,]+)?$/s;
