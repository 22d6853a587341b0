/** Files of npm packages in a browser: the build serves them below the editor's own files. */
import { NodeFailure } from "@patchbay/runtime/node-api";
import { packagePath, quoted } from "@patchbay/runtime/host-files";
import { packageFilePath } from "../storage/package-file-path.ts";
import { assetName } from "./asset-names.ts";
import { watched, type Loadings } from "./loadings.ts";

/** `specifier`: `@scope/name/folder/file`. Throws NodeFailure `missing-file`, `read-refused` or `not-loaded`. */
export async function fetchPackageFile(assets: string, specifier: string, loadings: Loadings | undefined): Promise<Uint8Array> {
  const { name, inner } = packagePath(specifier);
  const url = new URL(packageFilePath([name, ...inner].join("/")), assets);
  const what = assetName(specifier);
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw notLoaded(what, specifier, "the server that this page came from does not answer. Check the connection and run again", cause);
  }
  // Servers of single-page sites answer every unknown address with the page itself.
  const isPage = /^text\/html/i.test(response.headers.get("content-type") ?? "") && !/\.html?$/i.test(specifier);
  if (response.status === 404 || isPage) throw new NodeFailure("missing-file", `${quoted(`npm:${specifier}`)} is not among the packages' files that come with this editor. Add the file to the graph instead.`);
  if (!response.ok) throw notLoaded(what, specifier, `the server answered ${response.status}${response.statusText ? ` (${response.statusText})` : ""}`);
  try {
    return new Uint8Array(await (loadings ? watched(response, what, loadings) : response).arrayBuffer());
  } catch (cause) {
    throw notLoaded(what, specifier, "the connection broke off. Run again to load it", cause);
  }
}

const notLoaded = (what: string, specifier: string, why: string, cause?: unknown): NodeFailure =>
  new NodeFailure("not-loaded", `${what === "Pictures" ? "A picture" : `“${what}”`} (${quoted(specifier)}) could not be loaded: ${why}.`, { cause });
