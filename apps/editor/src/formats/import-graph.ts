/** A graph out of a file of unknown origin: JSON, a zip with its files, or a PNG that carries it. */
import { hasErrors, parseGraph, type GraphDocument, type NodeDeclaration, type NodeRegistry } from "@patchbay/graph-core";
import { unzipSync } from "fflate";
import { freePath } from "../storage/file-names.ts";
import { fileUses, withFiles } from "./file-uses.ts";
import { isPng, readPngChunk, readPngText } from "./png-chunks.ts";

/** The keyword of the text chunk that holds a graph. */
export const PNG_KEYWORD = "patchbay-graph";

/** The type of the chunk that holds a graph with its files as a zip: by its letters one that other programs pass over and may copy. */
export const PNG_ZIP = "pbZp";

/** Bytes of all files of a zip, and how many. */
const LARGEST_ZIP = 512 * 2 ** 20;
const MOST_FILES = 5_000;
/** Characters of a `data:` URL that stays in the document: larger ones would be written with every edit. */
const SMALL_DATA = 8_192;

export interface ImportedGraph {
  readonly document: GraphDocument;
  /** By path, as the document names them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Full sentences: what could not be read. */
  readonly losses: readonly string[];
}

/** `problem`: a full sentence. Null: the file is none of the kinds that hold a graph. */
export function readGraphFile(bytes: Uint8Array, name: string, registry: NodeRegistry<NodeDeclaration>): ImportedGraph | { problem: string } | null {
  if (isPng(bytes)) {
    const zip = readPngChunk(bytes, PNG_ZIP);
    const whole = zip && fromZip(zip, name, registry);
    if (whole && "document" in whole) return whole;
    const text = readPngText(bytes, PNG_KEYWORD);
    return text === null ? null : fromText(text, name, registry);
  }
  if (isZip(bytes)) return fromZip(bytes, name, registry);
  if (/\.json$/i.test(name) || looksLikeJson(bytes)) return fromText(new TextDecoder().decode(bytes), name, registry);
  return null;
}

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

const looksLikeJson = (bytes: Uint8Array): boolean => /^\uFEFF?\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));

function fromText(text: string, name: string, registry: NodeRegistry<NodeDeclaration>, files: ReadonlyMap<string, Uint8Array> = new Map()): ImportedGraph | { problem: string } {
  const { document, diagnostics } = parseGraph(text, { registry });
  if (!document) return { problem: `“${name}” cannot be opened. ${diagnostics[0]?.message ?? ""}`.trim() };
  const losses = hasErrors(diagnostics) ? diagnostics.filter((d) => d.severity === "error").map((d) => d.message) : [];
  return { ...unembedded(document, registry, files), losses };
}

function fromZip(bytes: Uint8Array, name: string, registry: NodeRegistry<NodeDeclaration>): ImportedGraph | { problem: string } {
  let size = 0;
  let count = 0;
  let unpacked: { [path: string]: Uint8Array };
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name: path, originalSize }) => {
        if (path.endsWith("/") || !isPlain(path)) return false;
        size += originalSize;
        return ++count <= MOST_FILES && size <= LARGEST_ZIP;
      },
    });
  } catch {
    return { problem: `“${name}” is a damaged zip.` };
  }
  if (count > MOST_FILES || size > LARGEST_ZIP) return { problem: `“${name}” is too large: a zip with a graph may hold ${MOST_FILES} files of ${LARGEST_ZIP / 2 ** 20} MB in all.` };
  // The graph is the JSON nearest to the top that is one.
  const candidates = Object.keys(unpacked).filter((path) => /\.json$/i.test(path)).sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  for (const path of candidates.slice(0, 50)) {
    const text = new TextDecoder().decode(unpacked[path]);
    if (!text.slice(0, 2000).includes("patchbay-graph")) continue;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const files = Object.entries(unpacked).flatMap(([file, content]) => (file !== path && file.startsWith(folder) ? [[file.slice(folder.length), content] as const] : []));
    return fromText(text, path, registry, new Map(files));
  }
  return { problem: `“${name}” holds no graph: it should have a Patchbay graph's JSON in it, with its files beside it.` };
}

/** No way out of its folder, nothing that systems hide or forbid. */
const isPlain = (path: string): boolean => path.length < 1024 && !/[\\\p{Cc}]/u.test(path) && !path.startsWith("__MACOSX/") && path.split("/").every((step) => step !== "" && step !== "." && step !== "..");

/** With large `data:` URLs as files: the document is written with every edit, files are not. */
function unembedded(document: GraphDocument, registry: NodeRegistry<NodeDeclaration>, given: ReadonlyMap<string, Uint8Array>): { document: GraphDocument; files: ReadonlyMap<string, Uint8Array> } {
  const files = new Map(given);
  const paths = new Map<string, string>();
  for (const { value, kind, node } of fileUses(document, registry)) {
    if (kind !== "data" || value.length <= SMALL_DATA || paths.has(value)) continue;
    const match = /^data:([^;,]*);base64,([A-Za-z0-9+/=\s]*)$/.exec(value);
    if (!match) continue;
    try {
      const bytes = Uint8Array.from(atob(match[2]!), (c) => c.charCodeAt(0));
      const path = freePath(`${node}.${ENDINGS[match[1]!.toLowerCase()] ?? "bin"}`, (candidate) => files.has(candidate));
      files.set(path, bytes);
      paths.set(value, path);
    } catch {
      // Damaged: it stays, and the node says so.
    }
  }
  return { document: paths.size ? withFiles(document, registry, (use) => paths.get(use.value)) : document, files };
}

const ENDINGS: { readonly [type: string]: string } = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "text/csv": "csv", "application/json": "json", "application/octet-stream": "onnx" };
