/** A part of the inspector with a heading that folds it; which ones are folded is remembered for as long as the page lives. */
import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";

const folded = new Map<string, boolean>();

export function Section({ title, count, open = true, children }: { title: string; count?: number | string; open?: boolean; children: ReactNode }): ReactNode {
  const [isOpen, setOpen] = useState(() => folded.get(title) ?? open);
  return (
    <details
      className="pb-section" open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        folded.set(title, event.currentTarget.open);
      }}
    >
      <summary>
        <ChevronRight />
        <h3>{title}</h3>
        {count === undefined ? null : <span className="pb-section-count">{count}</span>}
      </summary>
      {isOpen ? <div className="pb-section-body">{children}</div> : null}
    </details>
  );
}
