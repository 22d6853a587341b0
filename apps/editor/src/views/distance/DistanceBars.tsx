/** Several distances under each other on one scale, with the threshold across all of them. */
import type { ReactNode } from "react";
import { formatDistance } from "../numbers/format-number.ts";
import { distanceEnd } from "../numbers/scales.ts";

export interface DistanceRow {
  readonly name: string;
  readonly distance: number;
  readonly picture?: ReactNode;
}

export function DistanceBars({ rows, threshold }: { rows: readonly DistanceRow[]; threshold: number | null }): ReactNode {
  const end = distanceEnd(threshold, rows.map((r) => r.distance));
  return (
    <ol className="pb-distances">
      {rows.map(({ name, distance, picture }, i) => (
        <li key={i} data-same={(threshold !== null && distance <= threshold) || undefined}>
          {picture}
          <span className="pb-distances-name" title={name}>{name}</span>
          <span className="pb-distances-track" aria-hidden>
            <i style={{ width: `${Math.min(100, (100 * distance) / end)}%` }} />
            {threshold === null ? null : <b style={{ left: `${Math.min(100, (100 * threshold) / end)}%` }} />}
          </span>
          <span className="pb-distances-number">{formatDistance(distance)}</span>
        </li>
      ))}
      {threshold === null ? null : <li className="pb-distances-tau">τ {formatDistance(threshold)}</li>}
    </ol>
  );
}
