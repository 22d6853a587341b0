/** What an export leaves out or asks for, one sentence each. */
import type { ReactNode } from "react";

export function Notes({ notes }: { notes: readonly string[] }): ReactNode {
  if (notes.length === 0) return null;
  return (
    <ul className="pb-export-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
