/** Words that are edited in place: every letter counts at once and leaving the field ends the step. */
import { useState, type ReactNode } from "react";

export interface WordEntryProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly disabled: boolean;
  readonly className?: string;
  onChange(value: string): void;
  onDone(): void;
}

export function WordEntry({ label, value, placeholder, multiline = false, disabled, className = "", onChange, onDone }: WordEntryProps): ReactNode {
  const common = { "aria-label": label, value, placeholder, disabled, onBlur: onDone, className: `${multiline ? "pb-textarea" : "pb-input"} ${className}` };
  if (multiline) return <textarea rows={2} {...common} onChange={(event) => onChange(event.target.value)} />;
  return <input type="text" autoComplete="off" {...common} onChange={(event) => onChange(event.target.value)} onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()} />;
}

/** A name that must be free and well formed: taken over by Enter or by leaving the field, given up by Escape. */
export function NameEntry({ label, value, disabled, className = "", refuse, onSet }: { label: string; value: string; disabled: boolean; className?: string; refuse: (name: string) => string | null; onSet: (name: string) => void }): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const name = draft?.trim() ?? value;
  const problem = draft === null || name === value ? null : refuse(name);
  const commit = (): void => {
    if (problem !== null) return;
    setDraft(null);
    if (name !== value) onSet(name);
  };
  return (
    <span className="pb-name-entry">
      <input
        type="text" className={`pb-input ${className}`} aria-label={label} aria-invalid={problem !== null || undefined} autoComplete="off" spellCheck={false} value={draft ?? value} disabled={disabled}
        onChange={(event) => setDraft(event.target.value)} onBlur={() => (problem === null ? commit() : setDraft(null))}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key !== "Escape" || draft === null) return;
          event.preventDefault();
          event.stopPropagation();
          setDraft(null);
        }}
      />
      {problem === null ? null : <span className="pb-param-problem" role="alert">{problem}</span>}
    </span>
  );
}
