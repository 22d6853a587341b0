/** Labelled examples by class: small pictures or curves, how many there are, which of them are held out. */
import type { DatasetValue } from "@patchbay/runtime";
import { useMemo, useState, type ReactNode } from "react";
import { PixelCanvas } from "../image/PixelCanvas.tsx";
import { formatCount } from "../numbers/format-number.ts";
import { Pager } from "../parts/Pager.tsx";
import { Sparkline } from "../tensor/Sparkline.tsx";
import type { ViewOf } from "../view-props.ts";
import { byClass, exampleCurves, examplePicture } from "./example-pictures.ts";
import "../tensor/tensor.css";
import "./dataset.css";

/** Examples of one class, and classes on one page. */
const NODE = { examples: 6, classes: 3, alone: 24 };
const LARGE = { examples: 14, classes: 12, alone: 280 };

type Part = "all" | "training" | "held out";

export function DatasetView({ value, title, large }: ViewOf<"dataset">): ReactNode {
  const most = large ? LARGE : NODE;
  const groups = useMemo(() => byClass(value), [value]);
  const [part, setPart] = useState<Part>("all");
  const [only, setOnly] = useState<number | null>(null);
  const [page, setPage] = useState(0);
  const held = value.heldOut.reduce((n, h) => n + h, 0);
  const count = value.labels.length;
  if (count === 0) return <p className="pb-view-note">No examples.</p>;
  const chosen = only !== null && only < groups.length ? only : null;
  const fits = (i: number): boolean => part === "all" || (value.heldOut[i] === 1) === (part === "held out");
  const shown = groups.map((list, c) => ({ c, list: part === "all" ? list : list.filter(fits) })).filter(({ c, list }) => (chosen === null || c === chosen) && list.length > 0);
  const pages = Math.ceil(shown.length / most.classes);
  const at = Math.min(page, Math.max(0, pages - 1));
  return (
    <div className="pb-dataset" data-large={large || undefined}>
      <p className="pb-view-note">{formatCount(count)} examples of {formatCount(value.classes.length)} {value.classes.length === 1 ? "class" : "classes"}, {held ? `${formatCount(held)} held out` : "none held out"}</p>
      <div className="pb-dataset-filters nodrag">
        <select className="pb-select" aria-label={`Class of ${title}`} value={chosen ?? ""} onChange={(event) => (setOnly(event.target.value === "" ? null : Number(event.target.value)), setPage(0))}>
          <option value="">All classes</option>
          {value.classes.map((name, c) => <option key={c} value={c}>{name} ({groups[c]!.length})</option>)}
        </select>
        {held ? (
          <select className="pb-select" aria-label="Part" value={part} onChange={(event) => (setPart(event.target.value as Part), setPage(0))}>
            <option value="all">All</option>
            <option value="training">Training</option>
            <option value="held out">Held out</option>
          </select>
        ) : null}
      </div>
      <div className="pb-dataset-classes nowheel">
        {shown.slice(at * most.classes, (at + 1) * most.classes).map(({ c, list }) => <Class key={c} value={value} name={value.classes[c]!} list={list} most={chosen === null ? most.examples : most.alone} />)}
        {shown.length ? null : <p className="pb-view-note">None.</p>}
      </div>
      <Pager what="classes" index={at} count={pages} name={`${formatCount(at * most.classes + 1)} to ${formatCount(Math.min(shown.length, (at + 1) * most.classes))} of ${formatCount(shown.length)} classes`} onChange={setPage} />
    </div>
  );
}

function Class({ value, name, list, most }: { value: DatasetValue; name: string; list: readonly number[]; most: number }): ReactNode {
  const held = list.reduce((n, i) => n + value.heldOut[i]!, 0);
  return (
    <section aria-label={name}>
      <h4><span title={name}>{name}</span> <i>{formatCount(list.length)}{held === list.length ? ", held out" : held ? `, ${formatCount(held)} held out` : ""}</i></h4>
      <ul>
        {list.slice(0, most).map((i) => <li key={i} title={`${value.names[i] ?? i}${value.heldOut[i] ? ", held out" : ""}`} data-held={value.heldOut[i] === 1 || undefined}><Example value={value} index={i} /></li>)}
        {list.length > most ? <li className="pb-strip-more">+{formatCount(list.length - most)}</li> : null}
      </ul>
    </section>
  );
}

function Example({ value, index }: { value: DatasetValue; index: number }): ReactNode {
  const picture = useMemo(() => examplePicture(value, index), [value, index]);
  const curves = useMemo(() => (picture ? [] : exampleCurves(value, index)), [value, index, picture]);
  const label = `${value.names[index] ?? `Example ${index}`}${value.heldOut[index] ? ", held out" : ""}`;
  return picture ? <PixelCanvas image={picture} label={label} longest={128} /> : <Sparkline curves={curves} label={label} height={28} />;
}
