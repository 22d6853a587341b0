/** The chart, loaded when the first one is drawn. */
import { lazy, Suspense, type ReactNode } from "react";
import type { ChartProps } from "./Chart.tsx";

const Chart = lazy(async () => ({ default: (await import("./Chart.tsx")).Chart }));

export function LazyChart(props: ChartProps): ReactNode {
  return <Suspense fallback={<div style={{ height: props.height }} />}><Chart {...props} /></Suspense>;
}
