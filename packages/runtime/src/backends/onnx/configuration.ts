/** What a host must say about onnxruntime-web before it loads; apart from the backend, so that saying it loads nothing. */
import { here, isNode, nodeCores } from "./probing.ts";

export interface OnnxWebConfiguration {
  /** Where the `.wasm` and `.mjs` files of onnxruntime-web are served: a URL prefix, or the URL of each. */
  wasmPaths?: string | { wasm?: string | URL; mjs?: string | URL };
  /** Threads of WebAssembly; more than one needs a cross-origin isolated page. */
  numThreads?: number;
}

let current: OnnxWebConfiguration = {};

/** Takes effect when the engine is first loaded; later calls change nothing. */
export function configureOnnxWeb(given: OnnxWebConfiguration): void {
  current = { ...current, ...given };
}

export const configuration = (): OnnxWebConfiguration => current;

/** WebAssembly has threads under Node, and in a browser only where the page is cross-origin isolated. */
export function threads(): number {
  if (current.numThreads !== undefined) return current.numThreads;
  if (isNode()) return nodeCores();
  return here.crossOriginIsolated ? Math.min(8, here.navigator?.hardwareConcurrency || 1) : 1;
}
