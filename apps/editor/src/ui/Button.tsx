/** A button. With `icon` alone its `label` is its accessible name and its tooltip. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Tip } from "./Tip.tsx";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  label: string;
  icon?: ReactNode;
  /** Shows the icon alone. */
  iconOnly?: boolean;
  variant?: "plain" | "primary" | "quiet" | "danger";
  /** As a person reads it: `⌘Z`. */
  keys?: string;
  /** More than the label, shown when the pointer rests on it. */
  help?: string;
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ label, icon, iconOnly = false, variant = "plain", keys, help, pressed, ...rest }: ButtonProps): ReactNode {
  const button = (
    <button type="button" className="pb-button" data-variant={variant} data-icon-only={iconOnly || undefined} aria-label={iconOnly ? label : undefined} aria-pressed={pressed} {...rest}>
      {icon}
      {iconOnly ? null : <span>{label}</span>}
    </button>
  );
  if (!iconOnly && !help && !keys) return button;
  return (
    <Tip text={help ?? label} {...(keys ? { keys } : {})}>
      {button}
    </Tip>
  );
}
