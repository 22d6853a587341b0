/** A recording over time, a curve for each channel. */
import { useMemo, type ReactNode } from "react";
import { LazyChart } from "../series/LazyChart.tsx";
import { curveColour } from "../series/curve-colours.ts";
import type { ViewOf } from "../view-props.ts";
import { Sparkline } from "./Sparkline.tsx";

const MOST_CHANNELS = 8;

export function SignalView({ value, title, large }: ViewOf<"tensor">): ReactNode {
  const [, length, channels] = value.shape as [number, number, number];
  const curves = useMemo(() => Array.from({ length: Math.min(channels, MOST_CHANNELS) }, (_, c) => Float32Array.from({ length }, (_, t) => value.data[t * channels + c]!)), [value.data, length, channels]);
  if (large) {
    const series = { kind: "series" as const, x: { name: "sample", values: Array.from({ length }, (_, i) => i) }, curves: curves.map((c, i) => ({ name: `channel ${i}`, values: Array.from(c) })) };
    return <LazyChart series={series} names={series.curves.map((c) => c.name)} label={title} height={280} />;
  }
  return (
    <>
      <Sparkline curves={curves} colours={curves.map((_, i) => curveColour(i))} height={64} label={`${title}: ${length} samples of ${channels === 1 ? "one channel" : `${channels} channels`}`} />
      {channels > MOST_CHANNELS ? <p className="pb-view-note">The first {MOST_CHANNELS} of {channels} channels.</p> : null}
    </>
  );
}
