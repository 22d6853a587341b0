/** A table of any size: only the cells that are on the screen exist. */
import { useRef, useState, type ReactNode } from "react";

const [CELL_WIDTH, CELL_HEIGHT, HEAD] = [84, 24, 64];
/** Browsers do not lay out what is taller. */
const TALLEST = 8_000_000;

export interface DataGridProps {
  rows: number;
  columns: number;
  columnName(index: number): string;
  rowName(index: number): string;
  cell(row: number, column: number): string;
  label: string;
}

export function DataGrid({ rows, columns, columnName, rowName, cell, label }: DataGridProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, left: 0 });
  const shownRows = Math.min(rows, Math.floor(TALLEST / CELL_HEIGHT));
  const [height, width] = [360, frame.current?.clientWidth ?? 1000];
  const firstRow = Math.max(0, Math.floor(place.top / CELL_HEIGHT) - 2);
  const lastRow = Math.min(shownRows, Math.ceil((place.top + height) / CELL_HEIGHT) + 2);
  const firstColumn = Math.max(0, Math.floor(place.left / CELL_WIDTH) - 1);
  const lastColumn = Math.min(columns, Math.ceil((place.left + width) / CELL_WIDTH) + 1);
  const visibleColumns = Array.from({ length: Math.max(0, lastColumn - firstColumn) }, (_, i) => firstColumn + i);
  const at = (column: number) => ({ left: HEAD + column * CELL_WIDTH, width: CELL_WIDTH });
  return (
    <div ref={frame} className="pb-grid" role="grid" aria-label={label} aria-rowcount={rows + 1} aria-colcount={columns + 1} tabIndex={0}
      style={{ maxHeight: height }} onScroll={(e) => setPlace({ top: e.currentTarget.scrollTop, left: e.currentTarget.scrollLeft })}>
      <div role="rowgroup" style={{ position: "relative", width: HEAD + columns * CELL_WIDTH, height: (shownRows + 1) * CELL_HEIGHT }}>
        <div role="row" className="pb-grid-head" aria-rowindex={1} style={{ height: CELL_HEIGHT }}>
          {visibleColumns.map((c) => <span key={c} role="columnheader" aria-colindex={c + 2} style={at(c)} title={columnName(c)}>{columnName(c)}</span>)}
        </div>
        {Array.from({ length: Math.max(0, lastRow - firstRow) }, (_, i) => firstRow + i).map((r) => (
          <div key={r} role="row" aria-rowindex={r + 2} className="pb-grid-row" style={{ top: (r + 1) * CELL_HEIGHT, height: CELL_HEIGHT }}>
            <span role="rowheader" style={{ width: HEAD }}>{rowName(r)}</span>
            {visibleColumns.map((c) => <span key={c} role="gridcell" aria-colindex={c + 2} style={at(c)}>{cell(r, c)}</span>)}
          </div>
        ))}
      </div>
    </div>
  );
}
