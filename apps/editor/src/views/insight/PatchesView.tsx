/** What the units of a network look for: layer by layer, for each unit the patches that excite it most. */
import type { PatchesValue, UnitPatches } from "@patchbay/runtime";
import { useMemo, useState, type ReactNode } from "react";
import { formatCount } from "../numbers/format-number.ts";
import { Pager } from "../parts/Pager.tsx";
import type { ViewOf } from "../view-props.ts";
import { UnitView } from "./UnitView.tsx";
import "./patches.css";

/** Units on one page: of the chosen layer in a node, of each layer with room. */
const [IN_NODE, LARGE] = [4, 60];

interface Layer {
  readonly name: string;
  readonly sees: string;
  readonly units: readonly UnitPatches[];
}

type Shared = Pick<ViewOf<"patches">, "node" | "title"> & { fresh: boolean };

export function PatchesView({ value, node, shown: { fresh }, title, large }: ViewOf<"patches">): ReactNode {
  const layers = useMemo(() => byLayer(value), [value]);
  const [chosen, setChosen] = useState(0);
  const layer = layers[Math.min(chosen, layers.length - 1)];
  if (!layer) return <p className="pb-view-note">No units.</p>;
  if (large) return <div className="pb-patches" data-large>{layers.map((one) => <Section key={one.name} layer={one} most={LARGE} node={node} fresh={fresh} title={title} />)}</div>;
  return (
    <div className="pb-patches">
      {layers.length > 1 ? (
        <div className="pb-view-ports" role="tablist" aria-label={`Layers of ${title}`}>
          {layers.map(({ name }) => <button key={name} type="button" role="tab" className="nodrag" aria-selected={name === layer.name} onClick={() => setChosen(layers.findIndex((l) => l.name === name))}>{name}</button>)}
        </div>
      ) : null}
      <Section key={layer.name} layer={layer} most={IN_NODE} node={node} fresh={fresh} title={title} />
    </div>
  );
}

function Section({ layer: { name, sees, units }, most, ...shared }: Shared & { layer: Layer; most: number }): ReactNode {
  const [page, setPage] = useState(0);
  const pages = Math.ceil(units.length / most);
  const at = Math.min(page, pages - 1);
  const here = units.slice(at * most, (at + 1) * most);
  return (
    <section aria-label={`Layer ${name}`}>
      <h3><span>{name}</span> <i>{sees}{units.length > 1 ? ` · ${formatCount(units.length)} units` : ""}</i></h3>
      <div className="pb-units">
        {here.map((unit) => <UnitView key={unit.channel} unit={unit} {...shared} />)}
      </div>
      <Pager what="units" index={at} count={pages} name={`units ${at * most + 1}–${at * most + here.length} of ${units.length}`} onChange={setPage} />
    </section>
  );
}

/** In the order in which they were asked for. */
function byLayer({ units, receptiveFields }: PatchesValue): readonly Layer[] {
  const found = new Map<string, UnitPatches[]>();
  for (const unit of units) found.set(unit.layer, [...(found.get(unit.layer) ?? []), unit]);
  return [...found].map(([name, list]) => ({ name, sees: receptiveFields[name] === undefined ? "sees the whole picture" : `sees ${receptiveFields[name]}×${receptiveFields[name]} px`, units: list }));
}
