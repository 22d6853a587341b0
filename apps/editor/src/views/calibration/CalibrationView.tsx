/** Error rates of a distance: the rate at which both errors are equal, the threshold that was picked with its rates, and the curves. */
import type { CalibrationValue } from "@patchbay/runtime";
import { drawnFigures } from "@patchbay/nodes/calibration-figures";
import { useMemo, useState, type ReactNode } from "react";
import { formatCount, formatNumber } from "../numbers/format-number.ts";
import type { ViewOf } from "../view-props.ts";
import "./calibration.css";

/** What the tabs of a node call the figures. */
const SHORT = ["Distances", "Rates", "ROC", "DET"];

export function CalibrationView({ value, title, large }: ViewOf<"calibration">): ReactNode {
  const figures = useMemo(() => drawnFigures(value), [value]);
  const [chosen, setChosen] = useState(0);
  return (
    <div className="pb-calibration" data-large={large || undefined}>
      <Rates value={value} />
      {large ? (
        <div className="pb-calibration-figures">
          {figures.map((figure) => <Figure key={figure.title} {...figure} />)}
        </div>
      ) : (
        <>
          <div className="pb-view-ports" role="tablist" aria-label={`Figures of ${title}`}>
            {figures.map((figure, i) => <button key={figure.title} type="button" role="tab" className="nodrag" aria-selected={i === chosen} title={figure.title} onClick={() => setChosen(i)}>{SHORT[i] ?? figure.title}</button>)}
          </div>
          <Figure {...figures[chosen]!} />
        </>
      )}
      <p className="pb-view-note">{about(value)}</p>
    </div>
  );
}

/** Their texts are escaped where they are drawn. */
const Figure = ({ title, svg }: { title: string; svg: string }): ReactNode => (
  <figure>
    <figcaption>{title}</figcaption>
    <div dangerouslySetInnerHTML={{ __html: svg }} />
  </figure>
);

interface Estimated {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function Rates({ value: { auc, eer, chosen, confidence } }: { value: CalibrationValue }): ReactNode {
  const interval = (estimate: Estimated, text: (v: number) => string): string => (confidence.samples > 0 ? `${text(estimate.low)} – ${text(estimate.high)}` : "");
  const rows: readonly (readonly [string, string, string, string?])[] = [
    ["EER", percent(eer.value), interval(eer, percent), `Both errors are equally frequent at τ = ${formatNumber(eer.threshold, 3)}.`],
    ["AUC", formatNumber(auc.value, 4), interval(auc, (v) => formatNumber(v, 4)), "How often a pair of one person is nearer than a pair of two."],
    [`τ, ${chosen.rule}`, formatNumber(chosen.threshold.value, 4), interval(chosen.threshold, (v) => formatNumber(v, 4)), "The threshold that goes on from here."],
    ["FAR at τ", percent(chosen.far.value), interval(chosen.far, percent), "Pairs of different people that count as the same."],
    ["FRR at τ", percent(chosen.frr.value), interval(chosen.frr, percent), "Pairs of one person that count as different."],
  ];
  return (
    <table className="pb-calibration-rates">
      <thead className="pb-visually-hidden"><tr><th scope="col">Rate</th><th scope="col">Value</th><th scope="col">Interval</th></tr></thead>
      <tbody>
        {rows.map(([name, text, range, help]) => <tr key={name} title={help}><th scope="row">{name}</th><td><b>{text}</b></td><td>{range}</td></tr>)}
      </tbody>
    </table>
  );
}

function about({ pairs, people, metric, confidence }: CalibrationValue): string {
  const measured = `${formatCount(pairs.same)} pairs of one person and ${formatCount(pairs.different)} of two, ${formatCount(people)} people, ${metric}`;
  return confidence.samples > 0 ? `${measured}; ${percent(confidence.share)} intervals of ${formatCount(confidence.samples)} samples of people.` : `${measured}.`;
}

const percent = (value: number): string => `${formatNumber(value * 100, 3)} %`;
