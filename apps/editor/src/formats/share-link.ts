/** A graph inside a link: deflated into the fragment, which browsers send to no server. */
import { hasErrors, parseGraph, type GraphDocument, type NodeDeclaration, type NodeRegistry } from "@patchbay/graph-core";
import { deflateSync } from "fflate";
import type { GraphFiles } from "../storage/graph-files.ts";
import { inflateBounded } from "./bounded-inflate.ts";
import { sizeText } from "./file-name.ts";
import { fileUses, standsAlone, withFiles } from "./file-uses.ts";
import { dataUrl } from "./media-type.ts";

/** Bytes of a picture that goes into a link, and of all of them. */
const SMALL_PICTURE = 8_000;
const ALL_PICTURES = 24_000;
/** Characters of a link that is read, bytes of the graph inside. */
const LONGEST_LINK = 8_000_000;
const LARGEST_GRAPH = 16_000_000;
/** Longer links are cut by some mail and chat programs. */
export const SAFE_LENGTH = 8_000;

export interface ShareLink {
  readonly url: string;
  /** Full sentences: what stayed out of the link. */
  readonly notes: readonly string[];
}

/** `page`: the address of the editor; its query and fragment are left out. */
export async function makeShareLink(document: GraphDocument, { registry, files, page }: { registry: NodeRegistry<NodeDeclaration>; files: Pick<GraphFiles, "read">; page: string }): Promise<ShareLink> {
  const notes: string[] = [];
  let room = ALL_PICTURES;
  const replaced = new Map<string, string>();
  for (const { value, spec, kind } of fileUses(document, registry)) {
    if (kind === "npm" || replaced.has(value)) continue;
    if (kind === "list") {
      notes.push(`The pictures of “${shortened(value)}” are not in the link: whoever opens it needs them too.`);
    } else if (spec.accept === "gallery") {
      if (kind === "data") replaced.set(value, "");
      notes.push(kind === "data" ? "The gallery is not in the link: encodings of faces stay here." : `The gallery “${value}” is not in the link: encodings of faces stay here.`);
    } else if (kind === "data") {
      if (value.length > SMALL_PICTURE * 1.4 || value.length > room * 1.4) {
        replaced.set(value, "");
        notes.push(`A file of ${sizeText(value.length * 0.75)} inside the graph is too large for a link and left out.`);
      } else room -= value.length * 0.75;
    } else {
      const bytes = standsAlone(spec, value) ? await files.read(value) : null;
      if (bytes && bytes.length <= Math.min(SMALL_PICTURE, room)) {
        room -= bytes.length;
        replaced.set(value, dataUrl(bytes, value));
      } else notes.push(bytes ? `“${value}” (${sizeText(bytes.length)}) is not in the link: whoever opens it needs the file too.` : `“${value}” is not in the link.`);
    }
  }
  const body = deflateSync(new TextEncoder().encode(JSON.stringify(withFiles(document, registry, (use) => replaced.get(use.value)))), { level: 9 });
  const [address] = page.split(/[?#]/);
  return { url: `${address}#share=${toBase64Url(body)}`, notes: [...new Set(notes)] };
}

/** The graph of an address's fragment, or the sentence that says why there is none. */
export function readShareLink(hash: string, registry: NodeRegistry<NodeDeclaration>): { document: GraphDocument } | { problem: string } {
  const bad = { problem: "The link cannot be read: it may have been cut off. Ask for it again, or for the graph as a file." };
  if (hash.length > LONGEST_LINK) return { problem: "The link is too long to be read: ask for the graph as a file." };
  const packed = fromBase64Url(/^#share=([A-Za-z0-9_-]+)$/.exec(hash)?.[1] ?? "");
  const bytes = packed && inflateBounded(packed, LARGEST_GRAPH, "raw");
  if (!bytes) return bad;
  const { document, diagnostics } = parseGraph(new TextDecoder().decode(bytes), { registry });
  if (!document) return { problem: `The link holds no graph that can be opened. ${diagnostics[0]?.message ?? ""}`.trim() };
  if (hasErrors(diagnostics) && document.nodes.length === 0) return bad;
  return { document };
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array | null {
  if (text === "") return null;
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}
