/** What every kind of field is given. */
import type { Json, ParamSpec } from "@patchbay/graph-core";

export interface FieldProps<S extends ParamSpec = ParamSpec> {
  readonly spec: S;
  readonly value: Json;
  /** The node's flat id. */
  readonly flatId: string;
  /** Accessible name; the field's own label element may say the same. */
  readonly label: string;
  /** Ids of elements that say more: help, problems. */
  readonly describedBy?: string | undefined;
  readonly invalid: boolean;
  readonly disabled: boolean;
  /** On the node: one row of 24 px. */
  readonly compact: boolean;
  /** Within a gesture that `onDone` ends. */
  onChange(value: Json): void;
  onDone(): void;
  /** One step of the history. */
  onSet(value: Json): void;
}
