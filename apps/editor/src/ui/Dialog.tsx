/** A window over the editor: named, closed by Escape, and the focus goes back to where it was. */
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Button } from "./Button.tsx";
import { focusReturn } from "./focus-return.ts";
import { usePortal } from "./portal.ts";

export function Dialog({ title, about, size = "normal", head, onClose, children }: { title: string; about?: ReactNode; size?: "narrow" | "normal" | "wide"; head?: ReactNode; onClose: () => void; children: ReactNode }): ReactNode {
  const container = usePortal();
  const [back] = useState(focusReturn);
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal container={container}>
        <Radix.Overlay className="pb-overlay" />
        <Radix.Content
          className="pb-dialog" data-size={size} {...(about ? {} : { "aria-describedby": undefined })} onOpenAutoFocus={focusContent}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Unless what was chosen in it has moved the focus itself.
            if (document.activeElement === null || document.activeElement === document.body || (event.target as Element).contains(document.activeElement)) back(container ?? document)?.focus({ preventScroll: true });
          }}
          onInteractOutside={(event) => inNotices(event.target) && event.preventDefault()}
        >
          <div className="pb-dialog-head">
            <Radix.Title className="pb-dialog-title">{title}</Radix.Title>
            {head}
            <Button label="Close" icon={<X />} iconOnly variant="quiet" onClick={onClose} />
          </div>
          {about ? <Radix.Description className="pb-dialog-about">{about}</Radix.Description> : null}
          <div className="pb-dialog-body">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A message over the dialog can be answered without closing it; one that was answered is gone by the time that this is asked. */
const inNotices = (target: EventTarget | null): boolean => target instanceof Element && (!target.isConnected || target.closest(".pb-notices") !== null);

/** A field where there is one, otherwise the window itself: not its Close button, whose tip would open. */
function focusContent(event: Event): void {
  const content = event.currentTarget as HTMLElement;
  if (content.contains(document.activeElement)) return;
  event.preventDefault();
  (content.querySelector<HTMLElement>("[data-autofocus], input:not([type='hidden']), textarea") ?? content).focus({ preventScroll: true });
}
