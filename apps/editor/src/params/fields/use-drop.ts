/** Lets files be dropped and pasted on a field, with a sign while they hover over it. */
import { useRef, useState, type HTMLAttributes } from "react";
import { carriesFiles, filesOf, type PickedFile } from "../pick-files.ts";

export interface DropTarget {
  readonly over: boolean;
  readonly handlers: Pick<HTMLAttributes<HTMLElement>, "onDragEnter" | "onDragOver" | "onDragLeave" | "onDrop" | "onPaste">;
}

export function useDrop(take: (files: readonly PickedFile[]) => void, disabled = false): DropTarget {
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent afterwards.
  const depth = useRef(0);
  const end = (): void => {
    depth.current = 0;
    setOver(false);
  };
  return {
    over,
    handlers: {
      onDragEnter(event) {
        if (disabled || !carriesFiles(event.dataTransfer)) return;
        depth.current++;
        setOver(true);
      },
      onDragOver(event) {
        if (disabled || !carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = "copy";
      },
      onDragLeave() {
        if (depth.current > 0 && --depth.current === 0) end();
      },
      onDrop(event) {
        if (disabled || !carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        event.stopPropagation();
        end();
        void filesOf(event.dataTransfer).then((files) => files.length && take(files));
      },
      onPaste(event) {
        if (disabled || !carriesFiles(event.clipboardData)) return;
        event.preventDefault();
        event.stopPropagation();
        void filesOf(event.clipboardData).then((files) => files.length && take(files));
      },
    },
  };
}
