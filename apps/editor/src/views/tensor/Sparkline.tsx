/** Small curves without axes: how numbers go up and down. */
import { memo, type ReactNode } from "react";
import { wantsLogarithm } from "../numbers/scales.ts";
import { thinned } from "./thinned.ts";

const [WIDTH, HEIGHT] = [240, 48];

export const Sparkline = memo(function Sparkline({ curves, label, logarithmic = false, height = HEIGHT, colours }: { curves: readonly ArrayLike<number>[]; label: string; logarithmic?: boolean | "auto"; height?: number; colours?: readonly string[] }): ReactNode {
  const log = logarithmic === "auto" ? curves.every((c) => wantsLogarithm(Array.from(c))) : logarithmic;
  const drawn = curves.map((curve) => thinned(curve).map(([i, v]) => [i, log ? Math.log10(Math.max(v, Number.MIN_VALUE)) : v] as const));
  const finite = drawn.flat().filter(([, v]) => Number.isFinite(v));
  const low = finite.reduce((m, [, v]) => Math.min(m, v), Infinity);
  const high = finite.reduce((m, [, v]) => Math.max(m, v), -Infinity);
  const longest = Math.max(1, ...curves.map((c) => c.length - 1));
  const y = (v: number): number => (high > low ? height - 3 - ((v - low) / (high - low)) * (height - 6) : height / 2);
  return (
    <svg className="pb-sparkline" viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" role="img" aria-label={label} style={{ height }}>
      {!log && low < 0 && high > 0 ? <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} /> : null}
      {drawn.map((points, i) => (
        <path key={i} d={path(points.map(([at, v]) => [(at / longest) * WIDTH, y(v)]))} style={{ stroke: colours?.[i] }} />
      ))}
    </svg>
  );
});

function path(points: readonly (readonly number[])[]): string {
  let [text, pen] = ["", "M"];
  for (const [x, y] of points) {
    if (!Number.isFinite(y)) pen = "M";
    else {
      text += `${pen}${x!.toFixed(1)} ${y!.toFixed(1)}`;
      pen = "L";
    }
  }
  return text;
}
