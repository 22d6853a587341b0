/** A calibration as a page of its own: figures, tables and what to be careful with, for the screen in light and dark and for paper. */
import type { CalibrationValue, Estimate } from "@patchbay/runtime/node-api";
import { askedFor } from "../curves-of.ts";
import { falseMatchChance } from "../read-off.ts";
import { count } from "../rule.ts";
import { chartSvg, escape } from "./chart.ts";
import { figuresOf } from "./figures.ts";
import { STYLE } from "./style.ts";

/** A whole HTML document without scripts, and without anything that it would load. `notes`: full sentences. */
export function calibrationPage(calibration: CalibrationValue, notes: readonly string[]): string {
  const { network, metric, pairs, people, auc, eer, chosen, confidence } = calibration;
  const sampled = confidence.samples > 0;
  const interval = sampled ? `${percent(confidence.share)} interval` : "";
  const rate = (name: string, estimate: Estimate) => row(name, percent(estimate.value), sampled ? `${percent(estimate.low)} – ${percent(estimate.high)}` : "");
  const plain = (name: string, estimate: Estimate) => row(name, short(estimate.value), sampled ? `${short(estimate.low)} – ${short(estimate.high)}` : "");
  const figures = figuresOf(calibration).map((chart) => `<figure><figcaption>${escape(chart.title)}</figcaption>${chartSvg(chart)}</figure>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Calibration of ${escape(network)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Calibration of ${escape(network)}</h1>
<p class="lead">Metric ${escape(metric)}; ${count(pairs.same)} pairs of one person and ${count(pairs.different)} of different people${people ? `, of ${count(people)} people` : ""}.${sampled ? ` Intervals: ${count(confidence.samples)} bootstrap samples of ${people ? "people" : "pairs"}.` : ""}</p>
<p class="pick">Threshold <strong>τ = ${short(chosen.threshold.value)}</strong> <span>by ${escape(chosen.rule)}</span></p>
${notes.length ? `<ul class="notes">${notes.map((note) => `<li>${escape(note)}</li>`).join("")}</ul>` : ""}
<div class="figures">
${figures.join("\n")}
</div>
<div class="tables">
${table("At this threshold", ["", "value", interval], [plain("threshold τ", chosen.threshold), rate("FAR", chosen.far), rate("FRR", chosen.frr)])}
${table("At every threshold", ["", "value", interval], [rate("EER", eer), row("threshold at the EER", short(eer.threshold), ""), plain("AUC", auc)])}
${table("For a wanted FAR", ["FAR ≤", "threshold τ", "FRR"], askedFor(calibration).map(({ target, threshold, frr }) => row(percent(target), short(threshold), percent(frr))))}
${table("A stranger among K enrolled photos, at τ", ["K", "chance of a false match", ""], [1, 10, 100, 1000, 10_000].map((k) => row(count(k), percent(falseMatchChance(chosen.far.value, k)), chosen.far.value === 0 ? `at most ${percent(falseMatchChance(chosen.far.high, k))}` : "")))}
</div>
<p class="foot">FAR(τ): share of different-person pairs with a distance of at most τ. FRR(τ): share of same-person pairs above τ. EER: where they meet. Among K: 1 − (1 − FAR)<sup>K</sup>. All of it holds for this network, this metric, and pictures like those measured.</p>
</body>
</html>
`;
}

const row = (...cells: readonly string[]): string => `<tr><th scope="row">${escape(cells[0]!)}</th>${cells.slice(1).map((c) => `<td>${escape(c)}</td>`).join("")}</tr>`;

function table(title: string, heads: readonly string[], rows: readonly string[]): string {
  return rows.length ? `<table><caption>${escape(title)}</caption><thead><tr>${heads.map((h) => `<th scope="col">${escape(h)}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>` : "";
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
const percent = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;
