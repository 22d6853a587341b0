/** A choice that is on or off, with what it means. */
import { useId, type ReactNode } from "react";

export function Option({ title, about, checked, onChange }: { title: string; about?: string; checked: boolean; onChange: (checked: boolean) => void }): ReactNode {
  const id = useId();
  return (
    <div className="pb-export-option">
      <input id={id} type="checkbox" checked={checked} aria-describedby={about ? `${id}-about` : undefined} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{title}</label>
      {about ? <p id={`${id}-about`}>{about}</p> : null}
    </div>
  );
}
