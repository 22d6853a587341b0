/** A few words beside what the pointer rests on or the keyboard has reached: written on the element here, shown by the one `TipLayer`. */
import { cloneElement, type ReactElement } from "react";

export function Tip({ text, keys, side = "bottom", children }: { text: string; keys?: string; side?: "top" | "bottom"; children: ReactElement }): ReactElement {
  const { "aria-label": label } = children.props as { "aria-label"?: string };
  return cloneElement(children as ReactElement<Record<string, unknown>>, { "data-hint": text, "data-hint-keys": keys, "data-hint-side": side, ...(label === text ? {} : { "aria-description": text }) });
}
