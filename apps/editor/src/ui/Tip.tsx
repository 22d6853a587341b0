/** A few words beside what the pointer rests on or the keyboard has reached. */
import { Tooltip } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { usePortal } from "./portal.ts";

export function Tip({ text, keys, side = "bottom", children }: { text: ReactNode; keys?: string; side?: "top" | "bottom" | "left" | "right"; children: ReactElement }): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={usePortal()}>
        <Tooltip.Content className="pb-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {keys ? <kbd>{keys}</kbd> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
