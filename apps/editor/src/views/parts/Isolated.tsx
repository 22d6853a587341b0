/** Keeps what happens inside a dialog from the node that opened it: React hands events on along its tree, not along the page's. */
import type { DragEvent, ReactNode, SyntheticEvent } from "react";

const stop = (event: SyntheticEvent): void => event.stopPropagation();
/** Nothing is dropped on a dialog, and the browser does not leave the page to show a file that is. */
const refuse = (event: DragEvent): void => {
  event.stopPropagation();
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
};

export function Isolated({ children }: { children: ReactNode }): ReactNode {
  return (
    <div style={{ display: "contents" }} onClick={stop} onDoubleClick={stop} onPointerDown={stop} onMouseDown={stop} onTouchStart={stop} onKeyDown={stop} onKeyUp={stop} onContextMenu={stop} onWheel={stop} onCopy={stop} onPaste={stop} onCut={stop} onDragStart={stop} onDragOver={refuse} onDrop={refuse}>
      {children}
    </div>
  );
}
