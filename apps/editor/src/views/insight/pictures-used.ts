/** The pictures that a graph is about, as the list that an Images node reads. */
import type { FlatGraph, FlatNode } from "@patchbay/graph-core";
import { SAMPLES } from "../../params/fields/samples.ts";
import { readPictureList, writePictureList, type PictureEntry } from "../../params/picture-list.ts";
import { upstreamKeys } from "../graph/walk.ts";
import { valueOf } from "./layers-used.ts";

export interface PicturesUsed {
  readonly list: string;
  /** How many; null for a folder, whose pictures nobody has counted. */
  readonly count: number | null;
}

/** Those that lead to the node; without any those of the whole graph; without any the samples. */
export function picturesUsed(flat: FlatGraph, node: string): PicturesUsed {
  const upstream = new Set(upstreamKeys(flat, node).map((key) => key.slice(0, key.lastIndexOf("."))));
  return listed(flat.nodes.filter((one) => upstream.has(one.id))) ?? listed(flat.nodes) ?? { list: writePictureList(SAMPLES.map(({ reference }) => ({ reference }))), count: SAMPLES.length };
}

function listed(nodes: readonly FlatNode[]): PicturesUsed | null {
  const entries = new Map<string, PictureEntry>();
  const folders = new Set<string>();
  for (const node of nodes)
    for (const spec of node.declaration?.params ?? []) {
      if (spec.kind !== "file" || (spec.accept !== "image" && spec.accept !== "images")) continue;
      const value = valueOf(node, spec.name);
      const read = typeof value === "string" && value !== "" ? readPictureList(value) : null;
      if (read?.kind === "folder" && spec.accept === "images") folders.add(read.path);
      // A single file with a comma in its name would be taken for two.
      if (read?.kind === "list" && (spec.accept === "images" || read.entries.length === 1))
        for (const { reference, part } of read.entries) {
          const entry = { reference, ...(part ? { part } : {}) };
          entries.set(writePictureList([entry]), entry);
        }
    }
  const [folder] = folders;
  if (entries.size) return { list: writePictureList([...entries.values()]), count: entries.size };
  return folder === undefined ? null : { list: folder, count: null };
}
