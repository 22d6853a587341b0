/** Words: every letter counts at once, and leaving the field ends the step. */
import type { BooleanParam, TextParam } from "@patchbay/graph-core";
import type { ReactNode } from "react";
import { Switch } from "../../ui/fields.tsx";
import type { FieldProps } from "./field-props.ts";

export function TextField({ spec, value, label, describedBy, invalid, disabled, compact, onChange, onDone }: FieldProps<TextParam>): ReactNode {
  const common = { value: String(value ?? ""), disabled, "aria-label": label, "aria-invalid": invalid || undefined, "aria-describedby": describedBy, onBlur: onDone };
  if (spec.multiline && !compact) return <textarea className="pb-textarea" rows={3} {...common} onChange={(event) => onChange(event.target.value)} />;
  return <input className="pb-input" type="text" autoComplete="off" {...common} onChange={(event) => onChange(event.target.value)} onKeyDown={(event) => event.key === "Enter" && onDone()} />;
}

export function BooleanField({ value, label, disabled, onSet }: FieldProps<BooleanParam>): ReactNode {
  return <Switch label={label} checked={value === true} disabled={disabled} onChange={onSet} />;
}
