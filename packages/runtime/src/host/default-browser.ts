/** Where there is no file system, a graph comes as text or as an object, and the program passes its own host. */
import type { Host } from "../node-api/host.ts";

export function createDefaultHost(): Host {
  throw new Error("Outside Node, pass a host that provides files and picture codecs: loadGraph(source, { host }).");
}

export async function readGraphFile(source: string | URL): Promise<{ text: string; folder?: string }> {
  throw new Error(`Outside Node a graph cannot be read from the path ${String(source)}: pass its text or the parsed object.`);
}
