/** A training at work: how far it is, how fast, how long still, every term of its loss, and by themselves the metrics of the held-out examples with what the batches count. */
import type { ReactNode } from "react";
import type { NodeProgressState } from "../../model/run-state.ts";
import { formatNumber } from "../numbers/format-number.ts";
import { StepProgress } from "./OptimiserView.tsx";
import { Curves } from "./SeriesView.tsx";
import "./progress.css";

export function TrainerView({ progress, title }: { progress: NodeProgressState; title: string }): ReactNode {
  const { curves, validation, counts, step } = progress;
  return (
    <div className="pb-trainer">
      <StepProgress progress={progress} title={title} />
      {curves && step > 1 ? <Curves series={curves} label={`${title}, loss`} height={110} logarithmic /> : null}
      {validation ? (
        <section aria-label="Held-out examples">
          <h4>Held-out examples</h4>
          <Metrics series={validation} />
          {validation.x.values.length > 1 ? <Curves series={validation} label={`${title}, held-out examples`} height={90} logarithmic={false} /> : null}
        </section>
      ) : null}
      {counts ? (
        <dl className="pb-counts">
          {Object.entries(counts).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{Number.isInteger(value) ? value.toLocaleString("en") : formatNumber(value)}</dd></div>)}
        </dl>
      ) : null}
    </div>
  );
}

/** The best so far beside the last one: the weights of the best are kept. The first metric decides, and smaller is better. */
function Metrics({ series }: { series: NonNullable<NodeProgressState["validation"]> }): ReactNode {
  const [first] = series.curves;
  if (!first) return null;
  const best = first.values.reduce((at, value, i) => (value < first.values[at]! ? i : at), 0);
  return (
    <p className="pb-trainer-best">
      {first.name} <b>{formatNumber(first.values.at(-1)!, 3)}</b>
      {best === first.values.length - 1 ? " · the best so far is kept" : ` · kept: ${formatNumber(first.values[best]!, 3)} of step ${series.x.values[best]}`}
    </p>
  );
}
