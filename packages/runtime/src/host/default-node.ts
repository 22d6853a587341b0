/** The host that `loadGraph` takes in Node when it is given none: bounded file access, plus the paths that the caller names. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { GraphError } from "@patchbay/graph-core";
import { NodeFailure, type Host } from "../node-api/host.ts";
import { imageSize } from "./image-header.ts";
import { createNodeHost, type NodeHostOptions } from "./node.ts";

/** The bounded Node host, which also knows picture sizes and lets the caller name files of its own. */
export function createDefaultHost(options: NodeHostOptions = {}): Host {
  const bounded = createNodeHost(options);
  const given = new Map<string, Host>();
  const at = (reference: string): Host => {
    for (const [root, host] of given) if (reference === root || reference.startsWith(root + path.sep)) return host;
    return bounded;
  };
  return {
    ...bounded,
    readFile: (reference) => at(reference).readFile(reference),
    listFolder: (reference) => at(reference).listFolder(reference),
    async givenPath(named) {
      const absolute = path.resolve(named);
      given.set(absolute, createNodeHost({ allowFiles: [absolute], allowRead: [absolute] }));
      return absolute;
    },
    async imageSize(bytes, name) {
      const size = imageSize(bytes);
      if (!size) throw new NodeFailure("not-a-picture", `“${name}” is no JPEG, PNG or WebP picture.`);
      return { width: size.width, height: size.height };
    },
  };
}

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
