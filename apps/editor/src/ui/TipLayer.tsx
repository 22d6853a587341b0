/** Shows the tip of whatever carries `data-hint`: one layer for the whole editor. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";

const WAIT = 500;
/** Soon after one tip the next comes at once. */
const SOON = 250;
const [GAP, EDGE] = [6, 8];

export function TipLayer({ root }: { root: HTMLElement | null }): ReactNode {
  const [shown, setShown] = useState<HTMLElement | null>(null);
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!root) return;
    let current: HTMLElement | null = null;
    let timer = 0;
    let hidden = 0;
    let visible = false;
    const hide = (): void => {
      clearTimeout(timer);
      if (visible) hidden = performance.now();
      visible = false;
      setShown(null);
    };
    const aim = (element: HTMLElement | null): void => {
      if (element === current) return;
      hide();
      current = element;
      if (!element) return;
      const show = (): void => {
        visible = element.isConnected;
        setShown(visible ? element : null);
      };
      timer = setTimeout(show, performance.now() - hidden < SOON ? 0 : WAIT) as unknown as number;
    };
    const hinted = (event: Event): HTMLElement | null => (event.target instanceof Element ? event.target.closest<HTMLElement>("[data-hint]") : null);
    const over = (event: PointerEvent): void => event.pointerType === "touch" ? undefined : aim(hinted(event));
    const focus = (event: FocusEvent): void => {
      if (event.target instanceof Element && event.target.matches(":focus-visible")) aim(hinted(event));
    };
    const leave = (): void => aim(null);
    // What was pressed needs no explanation until the pointer comes back to it.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Shift" && event.key !== "Control" && event.key !== "Alt" && event.key !== "Meta") hide();
    };
    const listen = { capture: true, passive: true } as const;
    root.addEventListener("pointerover", over);
    root.addEventListener("pointerleave", leave);
    root.addEventListener("focusin", focus);
    root.addEventListener("focusout", leave);
    root.addEventListener("pointerdown", hide, listen);
    root.addEventListener("wheel", hide, listen);
    root.addEventListener("scroll", hide, listen);
    root.addEventListener("keydown", onKey, listen);
    return () => {
      clearTimeout(timer);
      root.removeEventListener("pointerover", over);
      root.removeEventListener("pointerleave", leave);
      root.removeEventListener("focusin", focus);
      root.removeEventListener("focusout", leave);
      root.removeEventListener("pointerdown", hide, listen);
      root.removeEventListener("wheel", hide, listen);
      root.removeEventListener("scroll", hide, listen);
      root.removeEventListener("keydown", onKey, listen);
    };
  }, [root]);

  useLayoutEffect(() => {
    const card = tip.current;
    if (!root || !shown || !card) return;
    const [frame, box] = [root.getBoundingClientRect(), shown.getBoundingClientRect()];
    const { offsetWidth: width, offsetHeight: height } = card;
    const [above, below] = [box.top - frame.top - GAP - height, box.bottom - frame.top + GAP];
    const wantsAbove = shown.dataset["hintSide"] === "top" ? above >= EDGE : below + height + EDGE > frame.height && above >= EDGE;
    const x = box.left - frame.left + box.width / 2 - width / 2;
    card.style.translate = `${Math.round(Math.max(EDGE, Math.min(frame.width - width - EDGE, x)))}px ${Math.round(wantsAbove ? above : below)}px`;
  }, [root, shown]);

  if (!shown?.dataset["hint"]) return null;
  const keys = shown.dataset["hintKeys"];
  return (
    <div ref={tip} className="pb-tooltip pb-tip" role="tooltip">
      {shown.dataset["hint"]}
      {keys ? <kbd>{keys}</kbd> : null}
    </div>
  );
}
