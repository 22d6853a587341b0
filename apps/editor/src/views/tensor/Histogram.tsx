/** How often which numbers occur. */
import type { ReactNode } from "react";
import type { TensorSummary } from "../../model/run-state.ts";
import { formatCount, formatNumber } from "../numbers/format-number.ts";

export function Histogram({ summary, large }: { summary: Pick<TensorSummary, "histogram" | "min" | "mean" | "max" | "notFinite"> | undefined; large?: boolean | undefined }): ReactNode {
  if (!summary) return null;
  const { histogram, min, mean, max, notFinite } = summary;
  const most = Math.max(1, ...histogram);
  const step = (max - min) / histogram.length;
  const place = max > min ? (mean - min) / (max - min) : 0.5;
  return (
    <figure className="pb-histogram" data-large={large || undefined}>
      <svg viewBox={`0 0 ${histogram.length} 20`} preserveAspectRatio="none" role="img" aria-label={`Histogram from ${formatNumber(min)} to ${formatNumber(max)}, mean ${formatNumber(mean)}`}>
        {histogram.map((count, i) => (
          <rect key={i} x={i + 0.06} width={0.88} y={20 - (20 * count) / most} height={(20 * count) / most}>
            <title>{`${formatNumber(min + i * step)} to ${formatNumber(min + (i + 1) * step)}: ${formatCount(count)}`}</title>
          </rect>
        ))}
        <line x1={place * histogram.length} x2={place * histogram.length} y1={0} y2={20} />
      </svg>
      <figcaption>
        <span>{formatNumber(min)}</span>
        <span>mean {formatNumber(mean)}</span>
        <span>{formatNumber(max)}</span>
      </figcaption>
      {notFinite ? <p className="pb-not-finite">{formatCount(notFinite)} {notFinite === 1 ? "number is" : "numbers are"} NaN or infinite.</p> : null}
    </figure>
  );
}
