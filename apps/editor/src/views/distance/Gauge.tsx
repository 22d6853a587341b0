/** A distance on a half circle: green up to the threshold, red beyond it. */
import type { ReactNode } from "react";
import { formatDistance } from "../numbers/format-number.ts";
import { arcPath, distanceEnd, onArc } from "../numbers/scales.ts";

const [CX, CY, RADIUS] = [100, 104, 76];

export function Gauge({ distance, threshold }: { distance: number; threshold: number | null }): ReactNode {
  const end = distanceEnd(threshold, [distance]);
  const share = Math.min(1, Math.max(0, distance / end));
  const border = threshold === null ? null : Math.min(1, threshold / end);
  const [x, y] = onArc(share, RADIUS, CX, CY);
  const [tx, ty] = onArc(border ?? 0, RADIUS + 14, CX, CY);
  return (
    <svg className="pb-gauge" viewBox="0 0 200 128" role="img" aria-label={distanceInWords(distance, threshold)}>
      {border === null ? (
        <path className="pb-gauge-track" d={arcPath(0, 1, RADIUS, CX, CY)} />
      ) : (
        <>
          {border > 0 ? <path className="pb-gauge-same" d={arcPath(0, border, RADIUS, CX, CY)} /> : null}
          {border < 1 ? <path className="pb-gauge-other" d={arcPath(border, 1, RADIUS, CX, CY)} /> : null}
          <line className="pb-gauge-tau" {...tick(border)} />
          <text className="pb-gauge-tau-name" x={tx} y={ty + 2} textAnchor={border < 0.35 ? "end" : border > 0.65 ? "start" : "middle"}>τ {formatDistance(threshold!)}</text>
        </>
      )}
      <circle className="pb-gauge-mark" cx={x} cy={y} r={9} />
      <text className="pb-gauge-number" x={CX} y={CY - 12}>{formatDistance(distance)}</text>
      {threshold === null ? null : <text className="pb-gauge-word" data-same={distance <= threshold || undefined} x={CX} y={CY + 12}>{distance <= threshold ? "same" : "different"}</text>}
      <text className="pb-gauge-end" x={CX - RADIUS} y={CY + 18}>0</text>
      <text className="pb-gauge-end" x={CX + RADIUS} y={CY + 18}>{formatDistance(end).replace(/\.?0+$/, "")}</text>
    </svg>
  );
}

function tick(share: number): { x1: number; y1: number; x2: number; y2: number } {
  const [[x1, y1], [x2, y2]] = [onArc(share, RADIUS - 10, CX, CY), onArc(share, RADIUS + 10, CX, CY)];
  return { x1, y1, x2, y2 };
}

export const distanceInWords = (distance: number, threshold: number | null): string =>
  threshold === null ? `Distance ${formatDistance(distance)}` : `Distance ${formatDistance(distance)}, threshold ${formatDistance(threshold)}: ${distance <= threshold ? "same person" : "different people"}`;
