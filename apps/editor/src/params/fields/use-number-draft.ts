/** A number while it is typed: taken over by Enter or by leaving the field, moved by arrow keys, given up by Escape. */
import type { NumberParam } from "@patchbay/graph-core";
import { useEffect, useState, type FocusEvent, type InputHTMLAttributes, type KeyboardEvent } from "react";
import { formatNumber, nudge, readNumber } from "../number-entry.ts";
import type { FieldProps } from "./field-props.ts";

export interface NumberDraft {
  readonly input: InputHTMLAttributes<HTMLInputElement>;
  /** Why the text is no number. */
  readonly problem: string | null;
}

export function useNumberDraft({ spec, value, label, describedBy, invalid, disabled, onChange, onDone, onSet }: FieldProps<NumberParam>): NumberDraft {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const number = typeof value === "number" ? value : Number.NaN;
  const forget = (): void => {
    setDraft(null);
    setProblem(null);
  };
  // Undone, or set elsewhere: what was being typed no longer stands.
  useEffect(forget, [value]);

  const commit = (): boolean => {
    if (draft === null) return true;
    const entry = readNumber(draft, spec.unit);
    if (!entry.ok) {
      setProblem(entry.message);
      return false;
    }
    forget();
    if (entry.value !== number) onSet(entry.value);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    if (event.key === "Enter") {
      if (commit()) requestAnimationFrame(() => input.select());
    } else if (event.key === "Escape" && draft !== null) {
      event.preventDefault();
      event.stopPropagation();
      forget();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const typed = draft === null ? null : readNumber(draft, spec.unit);
      const from = typed?.ok ? typed.value : number;
      forget();
      onChange(nudge(spec, Number.isFinite(from) ? from : spec.default, event.key === "ArrowUp" ? 1 : -1, { coarse: event.shiftKey, fine: event.altKey }));
    }
  };

  return {
    problem,
    input: {
      type: "text", inputMode: "decimal", role: "spinbutton", autoComplete: "off", spellCheck: false,
      value: draft ?? (Number.isNaN(number) ? String(value) : formatNumber(number)),
      disabled,
      "aria-label": spec.unit ? `${label}, in ${spec.unit}` : label,
      "aria-valuenow": Number.isNaN(number) ? undefined : number,
      "aria-valuetext": Number.isNaN(number) ? undefined : `${formatNumber(number)}${spec.unit ? ` ${spec.unit}` : ""}`,
      "aria-valuemin": spec.min, "aria-valuemax": spec.max,
      "aria-invalid": invalid || problem !== null || undefined,
      "aria-describedby": describedBy,
      onChange: (event) => {
        setDraft(event.target.value);
        setProblem(null);
      },
      onFocus: (event: FocusEvent<HTMLInputElement>) => event.target.select(),
      onBlur: () => {
        commit();
        onDone();
      },
      onKeyDown,
      onKeyUp: (event) => (event.key === "ArrowUp" || event.key === "ArrowDown") && onDone(),
    },
  };
}
