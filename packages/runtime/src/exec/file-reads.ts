/** What a node read whose `file` names no single file, such as a folder or a list: read again and found the same, it gives the same again. */
import { canonicalJson } from "@patchbay/graph-core";
import { NodeFailure, type Host } from "../node-api/host.ts";
import { hashBytes, hashText } from "./content-hash.ts";

/** In the order of reading: a file with the hash of its bytes, a folder with that of its names. */
export type FileReads = readonly { readonly kind: "file" | "folder"; readonly reference: string; readonly hash: string }[];

/** The same host, with everything noted that is read through it. */
export function notingReads(host: Host): { readonly host: Host; reads(): FileReads } {
  const seen = new Map<string, FileReads[number]>();
  const note = (kind: "file" | "folder", reference: string, hash: string): void => void seen.set(`${kind} ${reference}`, { kind, reference, hash });
  return {
    host: {
      readAsset: (specifier) => host.readAsset(specifier),
      async readFile(reference) {
        const bytes = await host.readFile(reference);
        note("file", reference, await hashBytes(bytes));
        return bytes;
      },
      async listFolder(reference) {
        const names = await host.listFolder(reference);
        note("folder", reference, await hashOfNames(names));
        return names;
      },
      decodeImage: (bytes, name) => host.decodeImage(bytes, name),
      encodeImage: (image, format) => host.encodeImage(image, format),
      ...(host.givenPath ? { givenPath: (path: string) => host.givenPath!(path) } : {}),
      ...(host.imageSize ? { imageSize: (bytes: Uint8Array, name: string) => host.imageSize!(bytes, name) } : {}),
    },
    reads: () => [...seen.values()],
  };
}

/** Whether all of it is there and the same; looks no further than the first difference. */
export async function areUnchanged(reads: FileReads, host: Host, signal?: AbortSignal): Promise<boolean> {
  try {
    for (const { kind, reference, hash } of reads) {
      signal?.throwIfAborted();
      const now = kind === "file" ? await hashBytes(await host.readFile(reference)) : await hashOfNames(await host.listFolder(reference));
      if (now !== hash) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof NodeFailure) return false; // the node itself says what is gone
    throw error;
  }
}

export const hashOfReads = (reads: FileReads): Promise<string> => hashText(canonicalJson(reads as never));

const hashOfNames = (names: readonly string[]): Promise<string> => hashText(canonicalJson(names as never));
