/** Which classes are taken for which: rows are the true classes, columns what was said, and behind each row its recall. */
import type { ReactNode } from "react";
import { formatCount, formatNumber } from "../numbers/format-number.ts";
import { HeatMap } from "../tensor/HeatMap.tsx";
import type { ViewOf } from "../view-props.ts";
import "./confusion.css";

/** More classes are a picture: nobody reads so many numbers. */
const MOST = { node: 8, large: 40 };

export function ConfusionView({ value: { classes, counts }, title, large }: ViewOf<"confusion">): ReactNode {
  const totals = counts.map((row) => row.reduce((n, c) => n + c, 0));
  const all = totals.reduce((n, c) => n + c, 0);
  const right = counts.reduce((n, row, i) => n + (row[i] ?? 0), 0);
  if (all === 0) return <p className="pb-view-note">No examples were counted.</p>;
  const head = <p className="pb-confusion-head"><b>{formatNumber((100 * right) / all, 3)} %</b> right, {formatCount(right)} of {formatCount(all)}</p>;
  if (classes.length > (large ? MOST.large : MOST.node))
    return (
      <>
        {head}
        <HeatMap rows={classes.length} columns={classes.length} data={counts.flat()} title={`${title}: true classes in rows, predicted ones in columns`} square large={large} />
      </>
    );
  return (
    <>
      {head}
      <div className="pb-confusion nowheel nodrag" tabIndex={0} role="region" aria-label={`${title}, counts`} data-large={large || undefined}>
        <table>
          <thead>
            <tr><th scope="col"><span>true ↓ said →</span></th>{classes.map((name) => <th key={name} scope="col" title={name}><span>{name}</span></th>)}<th scope="col" title="The share of a class that was told">recall</th></tr>
          </thead>
          <tbody>
            {counts.map((row, i) => (
              <tr key={classes[i]}>
                <th scope="row" title={classes[i]}>{classes[i]}</th>
                {row.map((count, j) => <td key={j} data-right={i === j || undefined} title={`${classes[i]} taken for ${classes[j]}: ${formatCount(count)}`} style={{ "--share": totals[i] ? count / totals[i] : 0 } as never}>{count === 0 ? "" : formatCount(count)}</td>)}
                <td className="pb-confusion-recall">{totals[i] ? `${formatNumber((100 * row[i]!) / totals[i], 3)} %` : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
