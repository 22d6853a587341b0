/** A matrix as colours: blue and orange around zero where there are both signs, otherwise from dark to bright. */
import { useMemo, useState, type PointerEvent, type ReactNode } from "react";
import { onePage } from "../image/pages-of.ts";
import { PictureButton } from "../image/PictureButton.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { range } from "../numbers/statistics.ts";
import { DIVERGING, VIRIDIS } from "../pixels/colour-maps.ts";
import { paintPlane } from "../pixels/tensor-pictures.ts";
import { useDark } from "../state/use-dark.ts";
import { Legend } from "./Legend.tsx";

export function HeatMap({ rows, columns, data, title, square, large }: { rows: number; columns: number; data: ArrayLike<number>; title: string; square?: boolean; large?: boolean | undefined }): ReactNode {
  const dark = useDark();
  const [under, setUnder] = useState<readonly [number, number] | null>(null);
  const { map, ends, pages } = useMemo(() => {
    const [low, high] = range(data);
    const signed = low < 0 && high > 0;
    const most = Math.max(-low, high);
    const map = signed ? DIVERGING[dark ? "dark" : "light"] : VIRIDIS;
    const ends = signed ? ([-most, most] as const) : ([low, high] as const);
    const image = paintPlane(data, { width: columns, height: rows, start: 0, stride: 1 }, map, ends);
    return { map, ends, pages: onePage(title, image, (x, y) => formatNumber(data[y * columns + x]!, 6)) };
  }, [data, rows, columns, dark, title]);
  const onPointerMove = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * columns)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * rows)));
    setUnder([row, column]);
  };
  return (
    <div className="pb-heat" data-square={square || undefined} data-large={large || undefined}>
      <div onPointerMove={onPointerMove} onPointerLeave={() => setUnder(null)}>
        <PictureButton pages={pages} title={title} label={`${title} as a heat map of ${rows} rows and ${columns} columns, from ${formatNumber(ends[0])} to ${formatNumber(ends[1])}`} />
      </div>
      <Legend map={map} min={ends[0]} max={ends[1]} note={under ? `[${under[0]}, ${under[1]}] ${formatNumber(data[under[0] * columns + under[1]]!)}` : ""} />
    </div>
  );
}
