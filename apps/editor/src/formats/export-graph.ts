/** A graph as a file for others: JSON with its pictures inside, JSON that names them, or a zip with the files beside the graph where JSON cannot hold them. */
import { serializeGraph, type GraphDocument, type NodeDeclaration, type NodeRegistry } from "@patchbay/graph-core";
import { strToU8, zipSync, type Zippable } from "fflate";
import type { GraphFiles } from "../storage/graph-files.ts";
import { fileStem } from "./file-name.ts";
import { pathsBeside } from "./bundles.ts";
import { fileUses, listItems, listText, standsAlone, withFiles } from "./file-uses.ts";
import { dataUrl } from "./media-type.ts";

export interface ExportOptions {
  registry: NodeRegistry<NodeDeclaration>;
  files: Pick<GraphFiles, "read" | "paths">;
  /** `self-contained`: with its files, inside it or, where that cannot be, beside it in a zip. `zip`: beside it. `reference`: it names them. */
  form: "self-contained" | "zip" | "reference";
  /** Files of packages too, so that it runs where they are not installed. Needs `readPackage`. */
  packages?: boolean;
  /** Galleries too, which hold encodings of faces. */
  encodings?: boolean;
  /** `@scope/package/path` → its bytes; null where there is none. */
  readPackage?: (specifier: string) => Promise<Uint8Array | null>;
}

export interface ExportedGraph {
  readonly kind: "json" | "zip";
  readonly bytes: Uint8Array;
  readonly name: string;
  /** How many lie beside the graph. */
  readonly files: number;
  /** Of the graph inside. */
  readonly graphName: string;
  /** Full sentences: what is not in it, and why it is a zip. */
  readonly notes: readonly string[];
  /** Files that it names and that are not in it. */
  readonly missing: readonly string[];
}

/** A graph may have 32 million characters; nobody wants to open one that long in an editor of text. */
const LONGEST_JSON = 24 * 2 ** 20;

export async function exportGraph(document: GraphDocument, options: ExportOptions): Promise<ExportedGraph> {
  const stem = fileStem(document.title);
  const found = await collect(document, options);
  const { notes, missing } = found;
  const common = { graphName: `${stem}.json`, missing: [...missing] };
  if (options.form === "reference" || (options.form === "self-contained" && found.beside.size === 0)) {
    const embedded = withFiles(document, options.registry, (use) => found.removed.get(use.value) ?? found.inside.get(use.value));
    const text = serializeGraph(embedded);
    if (text.length <= LONGEST_JSON) return { kind: "json", bytes: strToU8(text), name: `${stem}.json`, notes, files: 0, ...common };
    notes.push("The pictures are too large for one JSON file, so they lie beside the graph in a zip.");
  }
  const graph = withFiles(document, options.registry, (use) => found.removed.get(use.value) ?? found.renamed.get(use.value));
  const zip: Zippable = { [common.graphName]: [strToU8(serializeGraph(graph)), { level: 6 }] };
  for (const [path, bytes] of [...found.beside, ...found.contents]) zip[path === common.graphName ? `files/${path}` : path] = [bytes, { level: /\.(jpe?g|png|webp)$/i.test(path) ? 0 : 6 }];
  return { kind: "zip", bytes: zipSync(zip, { mtime: new Date(1980, 0, 1) }), name: `${stem}.zip`, notes, files: Object.keys(zip).length - 1, ...common };
}

interface Collected {
  /** By value: what stands in its place inside JSON. */
  inside: Map<string, string>;
  /** By path: files that JSON cannot hold, because a list names them. */
  beside: Map<string, Uint8Array>;
  /** By path: those that JSON could hold. */
  contents: Map<string, Uint8Array>;
  /** By value: what stands in its place when files lie beside the graph. */
  renamed: Map<string, string>;
  /** By value: what is left out. */
  removed: Map<string, string>;
  notes: string[];
  missing: Set<string>;
}

async function collect(document: GraphDocument, { registry, files, form, packages, encodings, readPackage }: ExportOptions): Promise<Collected> {
  const found: Collected = { inside: new Map(), beside: new Map(), contents: new Map(), renamed: new Map(), removed: new Map(), notes: [], missing: new Set() };
  const all = await files.paths();
  const packaged = async (reference: string): Promise<Uint8Array | null> => (packages ? ((await readPackage?.(reference.slice(4))) ?? null) : null);
  const seen = new Set<string>();
  for (const { value, spec, kind } of fileUses(document, registry)) {
    if (seen.has(value)) continue;
    seen.add(value);
    const isGallery = spec.accept === "gallery" && !encodings;
    if (kind === "data") {
      if (isGallery) {
        found.removed.set(value, "");
        found.notes.push("A gallery inside the graph is left out: it holds encodings of faces.");
      }
      continue;
    }
    if (form === "reference" || isGallery) {
      if (isGallery && kind === "path") found.notes.push(`The gallery “${value}” is not in the file: it holds encodings of faces.`);
      if (kind === "path") found.missing.add(value);
      if (kind === "list") for (const { reference } of listItems(value)) if (!reference.startsWith("npm:")) found.missing.add(reference);
      continue;
    }
    const beside = kind === "path" ? await pathsBeside(files, all, value) : [];
    if (beside.length || (kind === "path" && !standsAlone(spec, value))) {
      const main = await files.read(value);
      if (main) found.beside.set(value, main);
      else if (!beside.length) lost(found, value);
      for (const path of beside) found.beside.set(path, (await files.read(path))!);
      continue;
    }
    if (kind === "path" || (kind === "npm" && spec.accept !== "images")) {
      const bytes = kind === "npm" ? await packaged(value) : await files.read(value);
      if (bytes) {
        const path = kind === "npm" ? packagePath(value) : value;
        found.inside.set(value, dataUrl(bytes, value));
        found.contents.set(path, bytes);
        found.renamed.set(value, path);
      } else if (kind === "path") lost(found, value);
      continue;
    }
    // A list, or a folder: the format has no way to write pictures into it.
    const items = await Promise.all(
      listItems(value).map(async (item) => {
        const bytes = item.reference.startsWith("npm:") ? await packaged(item.reference) : await files.read(item.reference);
        if (bytes) {
          const path = item.reference.startsWith("npm:") ? packagePath(item.reference) : item.reference;
          found.beside.set(path, bytes);
          return { ...item, reference: path };
        }
        if (item.reference.startsWith("npm:")) return item;
        const folder = `${item.reference.replace(/\/+$/, "")}/`;
        const inside = all.filter((path) => path.startsWith(folder));
        if (inside.length === 0) lost(found, item.reference);
        for (const path of inside) found.beside.set(path, (await files.read(path))!);
        return item;
      }),
    );
    const text = listText(items);
    if (text !== listText(listItems(value))) found.renamed.set(value, text);
  }
  if (found.beside.size) found.notes.push(`Files that belong together, such as a list of pictures, cannot be written into JSON, so this is a zip: unpack it and run “patchbay run ${fileStem(document.title)}.json” in its folder.`);
  return found;
}

function lost(found: Collected, path: string): void {
  found.missing.add(path);
  found.notes.push(`“${path}” is not in this browser, so it is not in the file.`);
}

/** Where a package's file lies in a zip. */
const packagePath = (reference: string): string => `packages/${reference.slice(4)}`;
