/** A graph to begin with: an example, or one that came in a link. */
import type { GraphDocument } from "@patchbay/graph-core";
import type { Notice } from "../model/ui-state.ts";

export interface InitialGraph {
  readonly document: GraphDocument;
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Shown when it is open. */
  readonly notice?: Omit<Notice, "id">;
}
