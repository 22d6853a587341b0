/** What every view of a value is given. */
import type { PortType } from "@patchbay/graph-core";
import type { RuntimeValue } from "@patchbay/runtime";
import type { ShownValue } from "../model/run-state.ts";

export interface ViewProps<Value = RuntimeValue> {
  readonly value: Value;
  readonly shown: ShownValue;
  /** Flat id of the node that computed it. */
  readonly node: string;
  /** Flat `node.port`. */
  readonly valueKey: string;
  readonly type: PortType | undefined;
  /** What people call the node. */
  readonly title: string;
  /** Drawn in a dialog, with room, instead of in a node. */
  readonly large?: boolean;
}

export type ViewOf<Kind extends RuntimeValue["kind"]> = ViewProps<Extract<RuntimeValue, { kind: Kind }>>;
