/** What the wire under the pointer carries, beside the pointer: loaded with the first wire that somebody looks at. */
import { lazy, Suspense, useEffect, useState, type ReactNode, type RefObject } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { prefixOf } from "../../model/document-view.ts";

const WirePeek = lazy(async () => ({ default: (await import("../../views/WirePeek.tsx")).WirePeek }));

/** Long enough that a pointer on its way to somewhere else passes in silence. */
const DWELL = 350;
/** Room that is kept for it at the right and at the bottom. */
const [WIDTH, HEIGHT] = [220, 240];

interface Peeked {
  /** Flat `node.port` at the wire's beginning. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

export function WireTip({ area }: { area: RefObject<HTMLElement | null> }): ReactNode {
  const { editor } = useEditor();
  const [peeked, setPeeked] = useState<Peeked | null>(null);
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    let timer = 0;
    let current: Element | null = null;
    const hide = (): void => {
      clearTimeout(timer);
      current = null;
      setPeeked(null);
    };
    const over = (event: PointerEvent): void => {
      // A wire that does not fit says why instead; a finger has the inspector.
      const wire = event.pointerType !== "touch" && event.target instanceof Element ? event.target.closest(".pb-wire[data-from]:not([data-problem])") : null;
      if (wire === current && current) return;
      hide();
      current = wire;
      const from = wire?.getAttribute("data-from");
      if (!from || event.buttons) return;
      const { clientX, clientY } = event;
      timer = setTimeout(() => {
        if (!wire!.isConnected || root.dataset["connecting"]) return;
        const frame = root.getBoundingClientRect();
        const [x, y] = [clientX - frame.left, clientY - frame.top];
        setPeeked({ key: prefixOf(editor.store.getState().scope) + from, x: Math.max(0, Math.min(x + 14, frame.width - WIDTH)), y: y + HEIGHT > frame.height ? Math.max(0, y - HEIGHT) : y + 18 });
      }, DWELL) as unknown as number;
    };
    root.addEventListener("pointerover", over);
    root.addEventListener("pointerleave", hide);
    root.addEventListener("pointerdown", hide, true);
    root.addEventListener("wheel", hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      root.removeEventListener("pointerover", over);
      root.removeEventListener("pointerleave", hide);
      root.removeEventListener("pointerdown", hide, true);
      root.removeEventListener("wheel", hide, true);
    };
  }, [area, editor]);
  if (!peeked) return null;
  return <div className="pb-wire-tip" role="tooltip" style={{ left: peeked.x, top: peeked.y }}><Suspense fallback={null}><WirePeek flatKey={peeked.key} /></Suspense></div>;
}
