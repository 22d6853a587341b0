/** Text, numbers and tables as what they are. */
import type { ReactNode } from "react";
import { formatNumber } from "../numbers/format-number.ts";
import type { Cell } from "../formats/value-rows.ts";
import { ScalarView } from "../tensor/ScalarView.tsx";
import type { ViewOf } from "../view-props.ts";
import "../tensor/tensor.css";
import "./plain.css";

export function TextView({ value, large }: ViewOf<"text">): ReactNode {
  return <pre className="pb-text nowheel nodrag" tabIndex={0} data-large={large || undefined}>{value.text}</pre>;
}

export const NumberView = ({ value }: ViewOf<"number">): ReactNode => <ScalarView value={value.value} />;

const ROWS = 8;

export function TableView({ value, title }: ViewOf<"table">): ReactNode {
  return (
    <div className="pb-table nowheel nodrag" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead><tr>{value.columns.map((c, i) => <th key={i} scope="col">{c}</th>)}</tr></thead>
        <tbody>
          {value.rows.slice(0, ROWS).map((row, i) => <tr key={i}>{row.map((cell, j) => <td key={j} data-number={typeof cell === "number" || undefined}>{cellText(cell)}</td>)}</tr>)}
        </tbody>
      </table>
      {value.rows.length > ROWS ? <p className="pb-view-note">and {value.rows.length - ROWS} more rows</p> : null}
    </div>
  );
}

export const cellText = (cell: Cell): string => (cell === null ? "" : typeof cell === "number" ? formatNumber(cell, 6) : typeof cell === "boolean" ? (cell ? "yes" : "no") : cell);
