/** A list or a table of numbers: commas between numbers, one line a row; a table can be pasted or dropped as CSV. */
import type { Json, NumbersParam } from "@patchbay/graph-core";
import { useEffect, useState, type KeyboardEvent, type ReactNode } from "react";
import { formatNumberList, listShape, readNumberList } from "../number-list.ts";
import type { FieldProps } from "./field-props.ts";

export function NumbersField({ value, label, describedBy, invalid, disabled, compact, onSet }: FieldProps<NumbersParam>): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const forget = (): void => {
    setDraft(null);
    setProblem(null);
  };
  useEffect(forget, [value]);
  const list = Array.isArray(value) ? (value as readonly Json[]) : [];
  const text = formatNumberList(list);

  const take = (typed: string | null): void => {
    if (typed === null) return;
    const entry = readNumberList(typed);
    if (!entry.ok) {
      setDraft(typed);
      return setProblem(entry.message);
    }
    forget();
    if (JSON.stringify(entry.value) !== JSON.stringify(value)) onSet(entry.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (compact || event.ctrlKey || event.metaKey)) take(draft);
    if (event.key === "Escape" && draft !== null) {
      event.preventDefault();
      event.stopPropagation();
      forget();
    }
  };
  const common = {
    value: draft ?? text, disabled, spellCheck: false, placeholder: "1, 2, 3", "aria-label": label, "aria-describedby": describedBy, "aria-invalid": invalid || problem !== null || undefined,
    onChange: (event: { target: { value: string } }) => {
      setDraft(event.target.value);
      setProblem(null);
    },
    onBlur: () => take(draft), onKeyDown,
  };
  if (compact) return <input className="pb-input pb-mono" {...common} value={(draft ?? text).replace(/\n/g, "; ")} readOnly={text.includes("\n")} title={problem ?? undefined} />;
  return (
    <>
      <textarea
        className="pb-textarea pb-mono pb-numbers" rows={Math.min(8, (draft ?? text).split("\n").length)} {...common}
        onDrop={(event) => {
          const [file] = event.dataTransfer.files;
          if (!file) return;
          event.preventDefault();
          event.stopPropagation();
          void file.text().then(take);
        }}
        onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      />
      {problem ? <p className="pb-param-problem" role="alert">{problem}</p> : list.length > 1 ? <p className="pb-param-count">{countOf(list)}</p> : null}
    </>
  );
}

function countOf(list: readonly Json[]): string {
  const shape = listShape(list);
  if (shape === null) return "Rows of different lengths";
  if (shape.length > 1) return `A table of ${shape.join(" × ")}`;
  return `${list.length} numbers`;
}
