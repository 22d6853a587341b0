/** One step of the tour: a card beside what it speaks of. Nothing waits for it, and Escape ends it. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Button } from "../ui/Button.tsx";
import { remember } from "../ui/remembered.ts";
import { clip, placeBeside, type Box } from "./place-beside.ts";
import { OFFERED } from "./offered.ts";
import { TOUR } from "./tour-steps.ts";
import "./tour.css";

export function TourStep({ root, index }: { root: HTMLElement; index: number }): ReactNode {
  const { editor } = useEditor();
  const step = TOUR[index]!;
  const last = index === TOUR.length - 1;
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ card: { x: number; y: number }; ring: Box | null } | null>(null);
  const go = (to: number | null): void => editor.setUi({ tour: to === null || to >= TOUR.length ? null : to });

  useEffect(() => {
    remember(OFFERED, "yes");
    const unsubscribe = editor.store.subscribe((now, before) => step.done(now, before) && go(index + 1));
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || editor.store.getState().ui.dialog) return;
      // It closes what is open, or gives up what is typed or drawn, first; where it only ends a selection, the tour goes with it.
      if (event.target instanceof Element && event.target.closest("[role=dialog]:not(.pb-tour), [role=menu], input, textarea, select, [data-connecting]")) return;
      go(null);
    };
    // Before the canvas, which keeps the keys that it understands to itself.
    window.addEventListener("keydown", onKey, true);
    return () => {
      unsubscribe();
      window.removeEventListener("keydown", onKey, true);
    };
  });

  // What it points at may move with the view: looked up as long as the card is shown, some times a second.
  useLayoutEffect(() => {
    const follow = (): void => {
      const frame = root.getBoundingClientRect();
      const target = step.at.map((selector) => root.querySelector(selector)).find((e) => e && e.getClientRects().length > 0);
      const box = target?.getBoundingClientRect();
      const ring = box && clip({ x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height }, frame);
      const size = { width: card.current?.offsetWidth ?? 320, height: card.current?.offsetHeight ?? 160 };
      const next = { card: placeBeside(ring ?? null, size, { width: frame.width, height: frame.height }, step.side), ring: ring ?? null };
      setPlace((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    follow();
    const timer = setInterval(follow, 200);
    return () => clearInterval(timer);
  }, [root, step]);

  return (
    <>
      {place?.ring ? <div className="pb-tour-ring" aria-hidden="true" style={{ translate: `${place.ring.x}px ${place.ring.y}px`, width: place.ring.width, height: place.ring.height }} /> : null}
      <div ref={card} className="pb-tour" role="dialog" aria-modal="false" aria-label={`Tour, step ${index + 1} of ${TOUR.length}`} style={place ? { translate: `${place.card.x}px ${place.card.y}px` } : { visibility: "hidden" }}>
        <h2>{step.title}</h2>
        <p>{step.text}</p>
        <div className="pb-tour-foot">
          <span className="pb-tour-dots" aria-hidden="true">{TOUR.map((s, i) => <i key={s.title} data-on={i === index} />)}</span>
          {last ? null : <Button label="Skip tour" variant="quiet" onClick={() => go(null)} />}
          <Button label={last ? "Done" : "Next"} variant="primary" onClick={() => go(last ? null : index + 1)} />
        </div>
      </div>
    </>
  );
}
