/** Any value as a table; a tensor shows its last two axes, and a slider for each axis before them. */
import type { RuntimeValue, TensorValue } from "@patchbay/runtime";
import { useMemo, useState, type ReactNode } from "react";
import { Slider } from "../../ui/fields.tsx";
import { valueRows } from "../formats/value-rows.ts";
import { formatNumber } from "../numbers/format-number.ts";
import { cellText } from "../plain/PlainViews.tsx";
import { DataGrid } from "./DataGrid.tsx";

type Numbers = Pick<TensorValue, "shape" | "data">;

export function TableTab({ value, label }: { value: RuntimeValue; label: string }): ReactNode {
  if (value.kind === "tensor") return <TensorTable tensor={value} label={label} />;
  if (value.kind === "image") return <TensorTable tensor={{ shape: [value.height, value.width, 3], data: value.data }} label={label} />;
  return <RowsTable value={value} label={label} />;
}

function RowsTable({ value, label }: { value: RuntimeValue; label: string }): ReactNode {
  const table = useMemo(() => valueRows(value), [value]);
  if (!table) return null;
  return <DataGrid label={label} rows={table.rows.length} columns={table.columns.length} columnName={(c) => table.columns[c]!} rowName={String} cell={(r, c) => cellText(table.rows[r]![c] ?? null)} />;
}

export function TensorTable({ tensor: { shape, data }, label }: { tensor: Numbers; label: string }): ReactNode {
  const outer = shape.slice(0, -2);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const rows = shape.at(-2) ?? 1;
  const columns = shape.at(-1) ?? 1;
  const at = outer.map((length, axis) => Math.min(places[axis] ?? 0, length - 1));
  const start = at.reduce((n, place, axis) => n * outer[axis]! + place, 0) * rows * columns;
  return (
    <>
      {outer.map((length, axis) =>
        length > 1 ? (
          <div key={axis} className="pb-axis">
            <span>axis {axis}</span>
            <Slider label={`Axis ${axis}`} value={at[axis]!} min={0} max={length - 1} step={1} onChange={(v) => setPlaces(at.map((p, i) => (i === axis ? v : p)))} />
            <span>{at[axis]} of {length}</span>
          </div>
        ) : null,
      )}
      <DataGrid label={label} rows={rows} columns={columns} columnName={String} rowName={String} cell={(r, c) => formatNumber(data[start + r * columns + c]!, 5)} />
    </>
  );
}
