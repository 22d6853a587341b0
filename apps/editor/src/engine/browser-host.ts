/** What a browser provides to nodes: the graph's files, files of packages that the build serves, and picture codecs. */
import { NodeFailure, type Host } from "@patchbay/runtime/node-api";
import { decodeDataUrl, isDataUrl, quoted, readSize, refusedForm } from "@patchbay/runtime/host-files";
import { decodePicture, encodePicture } from "./decode-picture.ts";
import { fetchPackageFile } from "./fetch-package-file.ts";
import type { Loadings } from "./loadings.ts";

/** The files that a graph names by relative paths. */
export interface HostFiles {
  read(path: string): Promise<Uint8Array | null>;
  list(folder: string): Promise<readonly string[] | null>;
}

export interface BrowserHostOptions {
  /** Where the editor's own files are, as a whole URL. */
  assets: string;
  files: HostFiles;
  loadings?: Loadings;
}

const PACKAGE = /^npm:/i;
/** Bytes of packages' pictures that are kept: every run looks at their contents. */
const KEPT = 32 * 2 ** 20;

export function createBrowserHost({ assets, files, loadings }: BrowserHostOptions): Host {
  const pictures = new Map<string, Promise<Uint8Array>>();
  let weight = 0;
  const packageFile = (specifier: string): Promise<Uint8Array> => {
    const known = pictures.get(specifier);
    if (known) return known;
    const loading = fetchPackageFile(assets, specifier, loadings);
    pictures.set(specifier, loading);
    loading.then(
      (bytes) => ((weight += bytes.length) > KEPT ? (pictures.clear(), (weight = 0)) : undefined),
      () => pictures.delete(specifier),
    );
    return loading;
  };
  return {
    readAsset: (specifier) => fetchPackageFile(assets, specifier.replace(PACKAGE, ""), loadings),
    async readFile(reference) {
      if (isDataUrl(reference)) return decodeDataUrl(reference).bytes;
      if (PACKAGE.test(reference)) return packageFile(reference.replace(PACKAGE, ""));
      const bytes = await files.read(graphPath(reference));
      if (bytes) return bytes;
      const isFolder = await files.list(`${graphPath(reference).replace(/\/$/, "")}/`);
      throw isFolder ? new NodeFailure("read-refused", `${quoted(reference)} is a folder, not a file.`) : missing(reference);
    },
    async listFolder(reference) {
      if (PACKAGE.test(reference)) throw new NodeFailure("read-refused", `Folders of packages cannot be listed here: name the files of ${quoted(reference)} one by one.`);
      const path = graphPath(reference).replace(/\/$/, "");
      const names = await files.list(path === "" ? "" : `${path}/`);
      if (names) return names;
      throw (await files.read(path)) ? new NodeFailure("read-refused", `${quoted(reference)} is a file, not a folder.`) : missing(reference);
    },
    decodeImage: decodePicture,
    imageSize: async (bytes, name) => readSize(bytes, name),
    encodeImage: encodePicture,
  };
}

const missing = (reference: string): NodeFailure => new NodeFailure("missing-file", `There is no file ${quoted(reference)}.`);

/** The path as the graph's files are named: no `.` and `..` steps. Throws NodeFailure `read-refused` for what no graph may name. */
export function graphPath(reference: string): string {
  const refused = refusedForm(reference, false);
  if (refused !== undefined) throw new NodeFailure("read-refused", refused);
  const steps: string[] = [];
  for (const step of reference.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) throw outside(reference);
  }
  if (reference.startsWith("/")) throw outside(reference);
  return steps.join("/") + (reference.endsWith("/") && steps.length ? "/" : "");
}

const outside = (reference: string): NodeFailure => new NodeFailure("read-refused", `${quoted(reference)} lies outside the graph's folder. Add the file to the graph: drop it on the canvas.`);
