/** What a node's `file` parameters name, wherever it comes from: a path, a `data:` URL, or content that the caller gave. */
import type { ParamValues } from "@patchbay/graph-core";
import { NodeFailure, type Host } from "../node-api/host.ts";
import type { ImageValue } from "../node-api/values.ts";
import { decodeDataUrl, isDataUrl } from "../host/data-url.ts";
import { hashBytes, hashValue } from "./content-hash.ts";
import type { FileContent } from "./overrides.ts";

/** Begins the hash of what is no single readable file. */
export const UNREAD = "unread:";

export interface SourceReader {
  readFile(param: string): Promise<{ name: string; bytes: Uint8Array }>;
  readImage(param: string): Promise<ImageValue>;
  /** Of the content; never the same twice for a folder or a list, and so for a file that `accept` says to be a list of others. */
  contentHash(param: string, accept?: string): Promise<string>;
}

export interface SourceReaderOptions {
  node: string;
  params: ParamValues;
  host: Host;
  files: ReadonlyMap<string, FileContent>;
}

export function sourceReader({ node, params, host, files }: SourceReaderOptions): SourceReader {
  const read = new Map<string, Promise<{ name: string; bytes: Uint8Array }>>();
  const load = async (param: string): Promise<{ name: string; bytes: Uint8Array }> => {
    const given = files.get(`${node}.${param}`);
    if (given instanceof Uint8Array) return { name: `the given ${param}`, bytes: given };
    if (given) throw new NodeFailure("wrong-content", `“${param}” was given as a decoded picture, but this node needs the file itself.`, { param });
    const reference = params[param];
    if (typeof reference !== "string" || reference === "") throw new NodeFailure("no-file", `Nothing is chosen for “${param}” yet.`, { param });
    if (isDataUrl(reference)) return { name: `the embedded ${param}`, bytes: decodeDataUrl(reference).bytes };
    return { name: reference, bytes: await host.readFile(reference) };
  };
  const readFile = (param: string) => {
    let started = read.get(param);
    if (!started) read.set(param, (started = load(param)));
    return started;
  };
  return {
    readFile,
    async readImage(param) {
      const given = files.get(`${node}.${param}`);
      if (given && !(given instanceof Uint8Array)) return given;
      const { name, bytes } = await readFile(param);
      return host.decodeImage(bytes, name);
    },
    async contentHash(param, accept) {
      const given = files.get(`${node}.${param}`);
      if (accept === "dataset" && !(given instanceof Uint8Array) && params[param] !== "") return UNREAD + crypto.randomUUID();
      if (given && !(given instanceof Uint8Array)) return hashValue(given);
      try {
        return await hashBytes((await readFile(param)).bytes);
      } catch (error) {
        // A folder, a list, or a file that cannot be read: the node itself says so when it runs; nothing is cached for it.
        if (error instanceof NodeFailure) return UNREAD + crypto.randomUUID();
        throw error;
      }
    },
  };
}
