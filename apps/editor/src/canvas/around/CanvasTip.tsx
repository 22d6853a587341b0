/** One tip for everything on the canvas that has `data-tip`: thousands of ports need no tooltip of their own. */
import { useEffect, useState, type ReactNode, type RefObject } from "react";

interface Shown {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly above: boolean;
}

export function CanvasTip({ area }: { area: RefObject<HTMLElement | null> }): ReactNode {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    let timer = 0;
    let current: Element | null = null;
    const hide = (): void => {
      clearTimeout(timer);
      current = null;
      setShown(null);
    };
    const aim = (event: Event, delay: number): void => {
      const element = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
      if (element === current) return;
      hide();
      current = element;
      const text = element?.getAttribute("data-tip");
      if (!element || !text) return;
      const { clientX } = event as Partial<PointerEvent>;
      timer = setTimeout(() => {
        if (!element.isConnected || root.dataset["connecting"]) return;
        const box = element.getBoundingClientRect();
        const frame = root.getBoundingClientRect();
        const wide = box.width > 120 && clientX !== undefined;
        const x = (wide ? clientX : box.left + box.width / 2) - frame.left;
        const above = box.bottom - frame.top > frame.height - 90;
        setShown({ text, x: Math.min(Math.max(x, 150), Math.max(150, frame.width - 150)), y: (above ? Math.max(box.top, frame.top + 60) - 8 : Math.min(box.bottom, frame.bottom - 80) + 8) - frame.top, above });
      }, delay) as unknown as number;
    };
    const over = (event: Event): void => aim(event, 420);
    const focus = (event: Event): void => {
      if (event.target instanceof Element && event.target.matches(":focus-visible")) aim(event, 150);
    };
    root.addEventListener("pointerover", over);
    root.addEventListener("focusin", focus);
    root.addEventListener("pointerdown", hide, true);
    root.addEventListener("wheel", hide, { capture: true, passive: true });
    root.addEventListener("pointerleave", hide);
    root.addEventListener("focusout", hide);
    return () => {
      clearTimeout(timer);
      root.removeEventListener("pointerover", over);
      root.removeEventListener("focusin", focus);
      root.removeEventListener("pointerdown", hide, true);
      root.removeEventListener("wheel", hide, true);
      root.removeEventListener("pointerleave", hide);
      root.removeEventListener("focusout", hide);
    };
  }, [area]);
  if (!shown) return null;
  return <div className="pb-tooltip pb-canvas-tip" role="tooltip" style={{ left: shown.x, top: shown.y, transform: `translate(-50%, ${shown.above ? "-100%" : "0"})` }}>{shown.text}</div>;
}
