/** A button that shows the pictures that come with the editor, to choose one. */
import { Images } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { usePortal } from "../../ui/portal.ts";
import { Picture } from "./Picture.tsx";
import { SAMPLES } from "./samples.ts";

export function SamplePictures({ disabled, onChoose }: { disabled: boolean; onChoose: (reference: string) => void }): ReactNode {
  const container = usePortal();
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button label="Samples" icon={<Images />} disabled={disabled} />
      </Popover.Trigger>
      <Popover.Portal container={container}>
        <Popover.Content className="pb-popover pb-samples" align="start" sideOffset={4} collisionPadding={8} aria-label="Sample pictures">
          {SAMPLES.map(({ reference, title }) => (
            <Popover.Close key={reference} className="pb-sample" aria-label={title} onClick={() => onChoose(reference)}>
              <Picture reference={reference} side={128} />
            </Popover.Close>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
