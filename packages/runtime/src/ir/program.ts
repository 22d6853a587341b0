/** A program: a flat list of equations over values with static dtype and shape, in the order they may run. */
import type { OpAttrs, OpName } from "./ops.ts";
import type { StaticType } from "./tensor.ts";

/** Index into `Program.types`. Each value is defined once, before its first use. */
export type ValueId = number;

export type EquationOf<Op extends OpName> = {
  readonly op: Op;
  readonly attrs: OpAttrs[Op];
  readonly inputs: readonly ValueId[];
  readonly outputs: readonly ValueId[];
};

export type Equation = { [Op in OpName]: EquationOf<Op> }[OpName];

export interface NamedValue {
  readonly name: string;
  readonly value: ValueId;
}

export interface Program {
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly equations: readonly Equation[];
  /** By ValueId. Ids that no equation or input defines any more are allowed (passes leave holes). */
  readonly types: readonly StaticType[];
}
