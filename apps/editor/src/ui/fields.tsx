/** Single fields: a slider, a switch. Text, numbers and choices are the browser's own, with the classes `pb-input` and `pb-select`. */
import { Slider as RadixSlider, Switch as RadixSwitch } from "radix-ui";
import type { ReactNode } from "react";

export function Slider({ label, value, valueText, min, max, step, disabled, onChange, onCommit }: { label: string; value: number; /** What a screen reader says where the position is not the value. */ valueText?: string; min: number; max: number; step: number; disabled?: boolean; onChange: (value: number) => void; onCommit?: () => void }): ReactNode {
  return (
    <RadixSlider.Root className="pb-slider nodrag nopan" min={min} max={max} step={step} value={[Math.min(max, Math.max(min, value))]} disabled={disabled ?? false} onValueChange={([v]) => onChange(v!)} onValueCommit={() => onCommit?.()}>
      <RadixSlider.Track className="pb-slider-track">
        <RadixSlider.Range className="pb-slider-range" />
      </RadixSlider.Track>
      <RadixSlider.Thumb className="pb-slider-thumb" aria-label={label} aria-valuetext={valueText} />
    </RadixSlider.Root>
  );
}

export function Switch({ label, checked, disabled, onChange }: { label: string; checked: boolean; disabled?: boolean; onChange: (checked: boolean) => void }): ReactNode {
  return (
    <RadixSwitch.Root className="pb-switch nodrag" aria-label={label} checked={checked} disabled={disabled ?? false} onCheckedChange={onChange}>
      <RadixSwitch.Thumb className="pb-switch-thumb" />
    </RadixSwitch.Root>
  );
}
