/** The picture of the calibration page: what the distances are, and what each threshold costs. */
import { loadGraph, run, type CalibrationValue } from "@patchbay/runtime";
import { card, INK, num, text } from "../diagram/svg.ts";
import type { Files } from "./style.ts";

const [WIDTH, HEIGHT, TOP, BOTTOM, PLOT, GAP] = [1060, 360, 48, 56, 440, 100];
const SAME = "#5cc8a0";
const DIFFERENT = "#ff8f8f";

/** A panel from `left`: maps from its two ranges to the card, with named ticks. */
function panel(left: number, to: number, most: number, ticks: readonly (readonly [number, string])[], rates: readonly (readonly [number, string])[], titles: readonly [string, string]) {
  const x = (v: number): number => left + (v / to) * PLOT;
  const y = (v: number): number => HEIGHT - BOTTOM - (v / most) * (HEIGHT - TOP - BOTTOM);
  const frame = [
    ...rates.flatMap(([v, name]) => [`<path d="M${left} ${num(y(v))}h${PLOT}" stroke="${INK.edge}"/>`, text(left - 8, y(v) + 4, name, { size: 12, fill: INK.soft, anchor: "end" })]),
    ...ticks.map(([v, name]) => text(x(v), HEIGHT - BOTTOM + 20, name, { size: 12, fill: INK.soft, anchor: "middle" })),
    text(left + PLOT / 2, HEIGHT - 14, titles[0], { size: 13, fill: INK.soft, anchor: "middle" }),
    text(left, 28, titles[1], { size: 15, weight: 600 }),
  ];
  return { x, y, frame };
}

export async function calibrationPicture(): Promise<Files> {
  const graph = await loadGraph("examples/calibrate-threshold.json");
  const { outputs } = await run(graph, { outputs: ["calibration"] });
  await graph.dispose();
  const { histogram, points, pairs, chosen } = outputs["calibration"] as CalibrationValue;
  const limit = chosen.threshold.value;
  const to = Math.ceil(points.at(-1)!.threshold * 10) / 10;
  const ticks = Array.from({ length: Math.floor(to / 0.2 + 1e-9) + 1 }, (_, i) => [i * 0.2, (i * 0.2).toFixed(1)] as const);
  const shares = { same: histogram.same.map((n) => n / pairs.same), different: histogram.different.map((n) => n / pairs.different) };
  const most = Math.max(...shares.same, ...shares.different) * 1.1;
  const left = panel(64, to, most, ticks, [0.02, 0.04, 0.06, 0.08, 0.1, 0.12].filter((r) => r < most).map((r) => [r, `${Math.round(r * 100)} %`] as const), ["distance", "Distances of pairs"]);
  const right = panel(64 + PLOT + GAP, to, 1, ticks, [0, 0.25, 0.5, 0.75, 1].map((r) => [r, `${r * 100} %`] as const), ["threshold", "Error rates"]);
  const steps = (values: readonly number[], colour: string): string => {
    const d = values.map((v, i) => `${i ? "H" : "M"}${num(left.x(histogram.from + i * histogram.width))}${i ? "V" : " "}${num(left.y(v))}`).join("");
    return `<path d="${d}H${num(left.x(histogram.from + values.length * histogram.width))}V${num(left.y(0))}H${num(left.x(histogram.from))}Z" fill="${colour}" fill-opacity="0.25" stroke="${colour}" stroke-width="1.5"/>`;
  };
  // One point for each pixel is all that can be seen.
  const curve = (rate: "far" | "frr", colour: string): string => {
    const seen = new Map(points.map((p) => [Math.round(right.x(p.threshold)), p]));
    return `<path d="${[...seen.values()].map((p, i) => `${i ? "L" : "M"}${num(right.x(p.threshold))} ${num(right.y(p[rate]))}`).join("")}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`;
  };
  const mark = ({ x }: typeof left): string => `<path d="M${num(x(limit))} ${TOP - 6}V${HEIGHT - BOTTOM}" stroke="${INK.text}" stroke-width="1.5" stroke-dasharray="4 4"/>`;
  const body = [
    ...left.frame, ...right.frame, steps(shares.different, DIFFERENT), steps(shares.same, SAME), curve("far", DIFFERENT), curve("frr", SAME), mark(left), mark(right),
    text(left.x(limit) + 8, TOP + 6, `τ = ${limit.toFixed(2)}`, { size: 14, weight: 600 }),
    text(left.x(0) + 12, TOP + 24, `${pairs.same} of one person`, { size: 13, fill: SAME }),
    text(left.x(to), TOP + 24, `${pairs.different} of different people`, { size: 13, fill: DIFFERENT, anchor: "end" }),
    text(right.x(limit) - 8, right.y(chosen.frr.value) - 8, `FRR ${(chosen.frr.value * 100).toFixed(0)} %`, { size: 13, fill: SAME, anchor: "end" }),
    text(right.x(limit) - 8, right.y(0) - 10, `FAR ${(chosen.far.value * 100).toFixed(1)} %`, { size: 13, fill: DIFFERENT, anchor: "end" }),
  ];
  return { "calibrate-threshold.svg": card(WIDTH, HEIGHT, "Distances of same-person and different-person pairs, and the error rates at every threshold", body) };
}
