/** What each backend is known not to do, case by case with the reason; a case that starts to pass must leave the list. */
import type { BackendId } from "../../packages/runtime/src/backends/backend.ts";

export interface Allowed {
  /** Names of cases, in full. */
  readonly cases: readonly string[];
  /** A full sentence, which docs/backends.md repeats. */
  readonly reason: string;
}

/** Where a backend runs: the same engine may differ between browsers and Node. */
export type Place = "browser" | "node";

/** These hold on Chromium's software adapter, which the tests ask for so that the list is the same everywhere. */
export const ALLOWED: { readonly [P in Place]: { readonly [Id in BackendId]?: readonly Allowed[] } } = {
  browser: {
    "onnx-webgpu": [
      {
        cases: ["sin", "cos"].flatMap((op) => ["[]", "[7]", "[2,3,5]", "[2,1,3,2,4]"].map((shape) => `${op}: ${shape}`)).concat("composed: signal: dilated convolutions of rank 1 and a log-spectrum"),
        reason: "Sine and cosine are the GPU's own, which WGSL lets err by 2⁻¹¹; the software adapter errs by 2e-4.",
      },
    ],
  },
  node: {},
};
