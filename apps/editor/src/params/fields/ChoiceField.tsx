/** One of several: side by side where they are few and short, else a list. */
import type { ChoiceParam } from "@patchbay/graph-core";
import { useId, type ReactNode } from "react";
import { useWords } from "../../app/use-words.ts";
import { Tip } from "../../ui/Tip.tsx";
import type { FieldProps } from "./field-props.ts";

const isShort = ({ choices }: ChoiceParam): boolean => choices.length <= 3 && choices.reduce((sum, c) => sum + c.title.length, 0) <= 30;

export function ChoiceField(props: FieldProps<ChoiceParam>): ReactNode {
  const { spec, value, compact } = props;
  const known = spec.choices.some((c) => c.value === value);
  if (!compact && known && isShort(spec)) return <Segments {...props} />;
  return <List {...props} />;
}

function List({ spec, value, label, describedBy, invalid, disabled, compact, onSet }: FieldProps<ChoiceParam>): ReactNode {
  const words = useWords();
  const chosen = spec.choices.find((c) => c.value === value);
  return (
    <>
      <select className="pb-select" value={String(value)} disabled={disabled} aria-label={label} aria-invalid={invalid || undefined} aria-describedby={describedBy} title={compact && chosen?.help ? words(chosen.help) : undefined} onChange={(event) => onSet(event.target.value)}>
        {chosen ? null : <option value={String(value)}>{`“${String(value)}” (unknown)`}</option>}
        {spec.choices.map((choice) => <option key={choice.value} value={choice.value} title={choice.help && words(choice.help)}>{choice.title}</option>)}
      </select>
      {!compact && chosen?.help ? <p className="pb-param-help" data-for="choice">{words(chosen.help)}</p> : null}
    </>
  );
}

function Segments({ spec, value, label, describedBy, disabled, onSet }: FieldProps<ChoiceParam>): ReactNode {
  const group = useId();
  const words = useWords();
  return (
    <div className="pb-segments" role="radiogroup" aria-label={label} aria-describedby={describedBy}>
      {spec.choices.map((choice) => {
        const segment = (
          <label key={choice.value} className="pb-segment" data-checked={choice.value === value || undefined}>
            <input type="radio" className="pb-visually-hidden" name={group} value={choice.value} checked={choice.value === value} disabled={disabled} onChange={() => onSet(choice.value)} />
            <span>{choice.title}</span>
          </label>
        );
        return choice.help ? <Tip key={choice.value} text={words(choice.help)}>{segment}</Tip> : segment;
      })}
    </div>
  );
}
