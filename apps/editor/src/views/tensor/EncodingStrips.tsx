/** Encodings as strips of colours, a row each: alike strips are alike faces. */
import { useMemo, useState, type PointerEvent, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { PixelCanvas } from "../image/PixelCanvas.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { range } from "../numbers/statistics.ts";
import { DIVERGING } from "../pixels/colour-maps.ts";
import { paintPlane } from "../pixels/tensor-pictures.ts";
import { keep, upstreamValue } from "../state/upstream-values.ts";
import { FETCHED_UNASKED, useWholeValue } from "../state/use-whole-value.ts";
import { useDark } from "../state/use-dark.ts";
import type { ViewOf } from "../view-props.ts";
import { Legend } from "./Legend.tsx";

export function EncodingStrips({ value, node, large }: ViewOf<"tensor">): ReactNode {
  const dark = useDark();
  const width = value.shape.at(-1)!;
  const rows = value.data.length / width;
  const names = useRowNames(node, rows);
  const [under, setUnder] = useState<{ row: number; column: number } | null>(null);
  const map = DIVERGING[dark ? "dark" : "light"];
  const shownRows = Math.min(rows, large ? 200 : 8);
  const { most, strips } = useMemo(() => {
    const [low, high] = range(value.data);
    const most = Math.max(-low, high) || 1;
    return { most, strips: Array.from({ length: shownRows }, (_, row) => paintPlane(value.data, { width, height: 1, start: row * width, stride: 1 }, map, [-most, most])) };
  }, [value.data, width, shownRows, map]);
  const onPointerMove = (row: number) => (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setUnder({ row, column: Math.min(width - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * width))) });
  };
  const note = under && under.row < rows ? `[${rows > 1 ? `${under.row}, ` : ""}${under.column}] ${formatNumber(value.data[under.row * width + under.column]!)}` : "";
  return (
    <div className="pb-strips" data-single={rows === 1 || undefined} onPointerLeave={() => setUnder(null)}>
      {strips.map((strip, row) => (
        <div key={row} className="pb-strips-row">
          {names ? <span title={names[row]}>{names[row]}</span> : null}
          <div onPointerMove={onPointerMove(row)}>
            <PixelCanvas image={strip} longest={4096} label={`Encoding${names ? ` of ${names[row]}` : rows > 1 ? ` ${row + 1}` : ""} of ${width} numbers`} />
          </div>
        </div>
      ))}
      {rows > shownRows ? <p className="pb-view-note">and {rows - shownRows} more</p> : null}
      <Legend map={map} min={-most} max={most} note={note} />
    </div>
  );
}

/** The names of the pictures that were encoded, where as many came from upstream. */
function useRowNames(node: string, rows: number): readonly string[] | null {
  const [images] = useEditorState(useMemo(() => keep((state) => [rows > 1 ? upstreamValue(state, node, undefined, (s) => s.summary.kind === "images") : null]), [node, rows]));
  const whole = useWholeValue(images?.key, images?.shown, (images?.shown.summary.bytes ?? Infinity) <= FETCHED_UNASKED);
  const items = whole.state === "ready" && whole.value.kind === "images" ? whole.value.items : [];
  return items.length === rows && rows > 1 ? items.map((i) => i.label ?? i.name) : null;
}
