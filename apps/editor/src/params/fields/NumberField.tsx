/** A number: on a node a bar to drag or to type into, in the inspector a slider with an entry beside it. */
import type { NumberParam } from "@patchbay/graph-core";
import { Dices } from "lucide-react";
import { useRef, useState, type CSSProperties, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { Slider } from "../../ui/fields.tsx";
import { formatNumber } from "../number-entry.ts";
import { sliderScale, type SliderScale } from "../slider-scale.ts";
import type { FieldProps } from "./field-props.ts";
import { useNumberDraft } from "./use-number-draft.ts";
import { useScrub } from "./use-scrub.ts";

export function NumberField(props: FieldProps<NumberParam>): ReactNode {
  return props.compact ? <NumberBar {...props} /> : <NumberRow {...props} />;
}

function NumberBar(props: FieldProps<NumberParam>): ReactNode {
  const { spec, disabled, onChange, onDone } = props;
  const input = useRef<HTMLInputElement>(null);
  const draft = useNumberDraft(props);
  const value = Number(props.value);
  const scale = sliderScale(spec, value);
  const scrub = useScrub({ spec, value, disabled, onChange, onDone, onPress: () => input.current?.focus() });
  return (
    <span className="pb-bar" data-invalid={props.invalid || draft.problem !== null || undefined} data-disabled={disabled || undefined} style={scale ? ({ "--pb-fill": scale.toPosition(value) } as CSSProperties) : undefined} title={draft.problem ?? undefined}>
      <input
        ref={input} className="pb-bar-input" {...draft.input} {...scrub}
        onPointerDown={(event) => {
          // A field that has the focus is a text field: dragging selects.
          if (document.activeElement === event.currentTarget) return;
          event.preventDefault();
          scrub.onPointerDown?.(event);
        }}
      />
      {spec.unit ? <span className="pb-bar-unit" aria-hidden="true">{spec.unit}</span> : null}
    </span>
  );
}

function NumberRow(props: FieldProps<NumberParam>): ReactNode {
  const { spec, label, disabled, onChange, onDone, onSet } = props;
  const draft = useNumberDraft(props);
  const value = Number(props.value);
  // A long range is shown in part, and that part stays where it is while the thumb is dragged.
  const [held, setHeld] = useState<SliderScale | null>(null);
  const scale = held ?? sliderScale(spec, value);
  const isSeed = spec.name === "seed";
  return (
    <>
      <div className="pb-number">
        {scale ? (
          <span className="pb-number-slider" onPointerDown={() => setHeld(scale)} onPointerUp={() => setHeld(null)} onPointerCancel={() => setHeld(null)}>
            <SteppedSlider {...{ spec, label, value, scale, disabled, onChange, onDone }} />
          </span>
        ) : null}
        <span className="pb-number-entry" data-wide={!scale || undefined}>
          <input className="pb-input" {...draft.input} />
          {spec.unit ? <span className="pb-number-unit" aria-hidden="true">{spec.unit}</span> : null}
        </span>
        {isSeed ? <Button label="Another seed" icon={<Dices />} iconOnly variant="quiet" disabled={disabled} onClick={() => onSet(Math.floor(Math.random() * 1e6))} /> : null}
      </div>
      {draft.problem ? <p className="pb-param-problem" role="alert">{draft.problem}</p> : null}
    </>
  );
}

/** A thousand positions on a logarithmic slider; on a linear one the parameter's own steps. */
function SteppedSlider({ spec, label, value, scale, disabled, onChange, onDone }: { spec: NumberParam; label: string; value: number; scale: SliderScale; disabled: boolean; onChange: (value: number) => void; onDone: () => void }): ReactNode {
  const isLog = spec.scale === "log";
  const step = isLog ? 0.001 : (spec.step ?? (spec.integer ? 1 : (scale.max - scale.min) / 200));
  return (
    <Slider
      label={label} disabled={disabled} valueText={`${formatNumber(value)}${spec.unit ? ` ${spec.unit}` : ""}`}
      min={isLog ? 0 : scale.min} max={isLog ? 1 : scale.max} step={step} value={isLog ? scale.toPosition(value) : value}
      onChange={(p) => onChange(isLog ? scale.toValue(p) : scale.toValue((p - scale.min) / (scale.max - scale.min)))} onCommit={onDone}
    />
  );
}
