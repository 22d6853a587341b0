/** The same person or not, and how clear that was. */
import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { formatDistance } from "../numbers/format-number.ts";
import { distanceEnd } from "../numbers/scales.ts";
import type { ViewOf } from "../view-props.ts";
import "./distance.css";

export function DecisionView({ value: { same, distance, threshold, margin } }: ViewOf<"decision">): ReactNode {
  const end = distanceEnd(threshold, [distance]);
  const place = (d: number): string => `${Math.min(100, Math.max(0, (100 * d) / end))}%`;
  const [low, high] = [Math.min(distance, threshold), Math.max(distance, threshold)];
  return (
    <div className="pb-decision" data-same={same || undefined}>
      <p className="pb-decision-word">{same ? <Check aria-hidden /> : <X aria-hidden />} {same ? "Same person" : "Different people"}</p>
      <div className="pb-decision-bar" aria-hidden>
        <i style={{ left: place(low), width: `calc(${place(high)} - ${place(low)})` }} />
        <b style={{ left: place(threshold) }} />
        <u style={{ left: place(distance) }} />
      </div>
      <dl className="pb-facts">
        <div><dt>distance</dt><dd>{formatDistance(distance)}</dd></div>
        <div><dt>threshold</dt><dd>{formatDistance(threshold)}</dd></div>
        <div><dt>margin</dt><dd>{formatDistance(margin)}</dd></div>
      </dl>
    </div>
  );
}
