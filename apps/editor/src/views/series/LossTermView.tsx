/** A term of a loss while it is minimised: its number now, how far it has fallen, and its own small curve. */
import type { ReactNode } from "react";
import { formatNumber } from "../numbers/format-number.ts";
import { Sparkline } from "../tensor/Sparkline.tsx";
import type { Term } from "./term.ts";
import "../tensor/tensor.css";
import "./progress.css";

export function LossTermView({ term: { values }, title }: { term: Term; title: string }): ReactNode {
  const [first, now] = [values[0]!, values.at(-1)!];
  const fallen = first > 0 && now <= first;
  return (
    <div className="pb-term">
      <p>
        <b>{formatNumber(now)}</b>
        <span>{values.length < 2 ? "" : fallen ? `${formatNumber((100 * now) / first, 3)} % of the first` : `at first ${formatNumber(first, 3)}`}</span>
      </p>
      <Sparkline curves={[values]} logarithmic="auto" height={36} label={`${title} over ${values.length} steps, from ${formatNumber(first)} to ${formatNumber(now)}`} colours={["var(--pb-kind-loss)"]} />
    </div>
  );
}
