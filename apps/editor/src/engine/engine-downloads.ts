/** Shows how far the download of ONNX Runtime's own file is: the library fetches it by itself, and tells nothing. */
import { assetName } from "./asset-names.ts";
import { watched, type Loadings } from "./loadings.ts";

/** From now on, in this worker. */
export function watchDownloads(loadings: Loadings): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    return response.ok && /\.wasm(?:$|[?#])/.test(url) ? watched(response, assetName(url), loadings) : response;
  };
}
