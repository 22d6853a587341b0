/** Run, Stop and Live: starts runs for the editor and writes what they report into its state. */
import type { BackendId } from "@patchbay/runtime";

export interface RunControl {
  /** All of the graph, or only these nodes (flat ids) with what they need. `resume`: optimisers go on where they were stopped. */
  start(options?: { nodes?: readonly string[]; resume?: boolean }): void;
  stop(): void;
  /** From now on, runs what a change affects. */
  setLive(live: boolean): void;
  setBackend(id: BackendId | null): void;
  /** Asks which engines work here, once; the answer is in `state.run.backends`. */
  probe(): Promise<void>;
  dispose(): void;
}
