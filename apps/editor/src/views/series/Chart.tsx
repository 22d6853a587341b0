/** Curves with axes, drawn again as they grow: a legend with the last values (or those under the pointer), and a logarithmic axis on demand. */
import type { SeriesValue } from "@patchbay/runtime";
import { useEffect, useRef, useState, type ReactNode } from "react";
import uPlot from "uplot";
import { formatNumber } from "../numbers/format-number.ts";
import { useDark } from "../state/use-dark.ts";
import { linearRange, logRange, logTicks } from "./axis-range.ts";
import { curveColour, resolveColours } from "./curve-colours.ts";
import "uplot/dist/uPlot.min.css";
import "./chart.css";

export interface ChartProps {
  series: SeriesValue;
  /** What the curves are called, in their order. */
  names: readonly string[];
  label: string;
  height: number;
  logarithmic?: boolean;
  /** How many curves the legend names. */
  legend?: number;
}

export function Chart({ series, names, label, height, logarithmic = false, legend = 6 }: ChartProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const dark = useDark();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [under, setUnder] = useState<number | null>(null);
  const positive = series.curves.some((c) => c.values.some((v) => v > 0));
  const log = (chosen ?? logarithmic) && positive;
  const count = series.curves.length;
  const latest = useRef(series);
  latest.current = series;

  useEffect(() => {
    const element = frame.current!;
    const made = new uPlot(options(element, count, log, height, setUnder), dataOf(latest.current, log), element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [count, log, height, dark]);

  useEffect(() => plot.current?.setData(dataOf(series, log)), [series, log]);
  useEffect(() => {
    for (let i = 0; i < count; i++) plot.current?.setSeries(i + 1, { show: !hidden.has(i) });
  }, [hidden, count, log, height, dark]);

  const length = series.x.values.length;
  const at = under !== null && under < length ? under : length - 1;
  const flip = (i: number): void => {
    const next = new Set(hidden);
    if (!next.delete(i)) next.add(i);
    setHidden(next);
  };
  return (
    <figure className="pb-chart nodrag" aria-label={`${label}: ${names.map((n, i) => `${n} ${formatNumber(series.curves[i]?.values.at(-1) ?? NaN)}`).join(", ")}`}>
      <div ref={frame} className="pb-chart-frame" style={{ height }} />
      <figcaption>
        <ul>
          {series.curves.slice(0, legend).map((curve, i) => (
            <li key={i}>
              <button type="button" aria-pressed={!hidden.has(i)} title={hidden.has(i) ? "Show the curve" : "Hide the curve"} onClick={() => flip(i)}>
                <i style={{ background: curveColour(i) }} />
                <span>{names[i]}</span>
                <b>{at < 0 ? "" : formatNumber(curve.values[at] ?? NaN)}</b>
              </button>
            </li>
          ))}
          {count > legend ? <li className="pb-chart-more">and {count - legend} more</li> : null}
        </ul>
        <div className="pb-chart-foot">
          <span>{at < 0 ? "" : `${series.x.name} ${series.x.values[at]}`}</span>
          <button type="button" className="pb-chart-log" aria-pressed={log} disabled={!positive} onClick={() => setChosen(!log)}>log axis</button>
        </div>
      </figcaption>
    </figure>
  );
}

/** What is not positive has no logarithm, and what is not finite no place: gaps. */
const dataOf = (series: SeriesValue, log: boolean): uPlot.AlignedData =>
  [[...series.x.values], ...series.curves.map((c) => c.values.map((v) => (!Number.isFinite(v) || (log && v <= 0) ? null : v)))] as uPlot.AlignedData;

function options(element: HTMLElement, count: number, log: boolean, height: number, onUnder: (index: number | null) => void): uPlot.Options {
  const [text, grid, ...strokes] = resolveColours(element, ["var(--pb-text-faint)", "var(--pb-border)", ...Array.from({ length: count }, (_, i) => curveColour(i))]) as [string, string, ...string[]];
  const font = `10px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  const exponent = (v: number): string => (Math.abs(v) >= 1e4 || (v !== 0 && Math.abs(v) < 1e-3) ? v.toExponential(0).replace("e+", "e") : String(Number(v.toPrecision(3)))).replace("-", "−");
  return {
    width: element.clientWidth || 200,
    height,
    legend: { show: false },
    padding: [6, 6, 0, 0],
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { size: 6 },
      // The canvas of nodes may be zoomed: the pointer moves in its pixels, the chart in its own.
      move: (u, left, top) => {
        const zoom = u.over.offsetWidth ? u.over.getBoundingClientRect().width / u.over.offsetWidth : 1;
        return [left / zoom, top / zoom];
      },
    },
    // One point alone has no length along which ticks could stand.
    scales: { x: { time: false, range: (_, min, max) => (min < max ? [min, max] : [min - 0.5, max + 0.5]) }, y: log ? { distr: 3, log: 10, range: (_, min, max) => logRange(min, max) } : { range: (_, min, max) => linearRange(min, max) } },
    series: [{}, ...strokes.map((stroke): uPlot.Series => ({ stroke, width: 1.6, points: { show: false }, spanGaps: false }))],
    axes: [{ ...axis, size: 20, gap: 3, space: 42 }, { ...axis, ...(log ? { splits: (_: uPlot, __: number, min: number, max: number) => logTicks(min, max) } : {}), grid: { ...axis.grid, ...(log ? { filter: (_: uPlot, splits: number[]) => splits.map((v) => (Number.isInteger(Math.round(Math.log10(v) * 1e6) / 1e6) ? v : null)) } : {}) }, size: 40, gap: 4, space: 24, values: (_, ticks) => ticks.map((v) => (v === null ? "" : exponent(v))) }],
    hooks: { setCursor: [(u) => onUnder(u.cursor.idx ?? null)] },
  };
}

