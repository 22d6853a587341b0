/** A volume with room: three planes that meet in one place, their contrast, and another node's volume over them as a heat map. */
import { useMemo, useState, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { Slider } from "../../ui/fields.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { range } from "../numbers/statistics.ts";
import { colourMap, GREYS, VIRIDIS } from "../pixels/colour-maps.ts";
import { Pager } from "../parts/Pager.tsx";
import { Legend } from "../tensor/Legend.tsx";
import type { ViewOf } from "../view-props.ts";
import { isFilm, planeLabel, planeTitle } from "./plane-names.ts";
import { PlanePane } from "./PlanePane.tsx";
import { fixedAxis, paintCut, planeRatio, PLANES, usualEnds, type Place } from "./planes.ts";
import { useOverlays } from "./use-overlays.ts";
import { useSpacing } from "./use-spacing.ts";
import "./volume.css";

/** Black over red and orange to light yellow: told apart from greys. */
const HEAT = colourMap(["#3b0a00", "#b3200a", "#f4711f", "#ffc53a", "#fff7b0"]);

export function VolumeView({ value, valueKey, node, type, title }: ViewOf<"tensor">): ReactNode {
  const { shape, data } = value;
  const [, D, H, W, channels] = shape as [number, number, number, number, number];
  const size = useMemo((): Place => [D, H, W], [D, H, W]);
  const film = isFilm(shape, type);
  const spacing = useSpacing(node);
  const [put, setPlace] = useState<Place>([D >> 1, H >> 1, W >> 1]);
  const place = put.map((v, i) => Math.min(v, size[i]! - 1)) as unknown as Place;
  const [channel, setChannel] = useState(0);
  const of = Math.min(channel, channels - 1);
  const single = film ? null : of;
  const all = useMemo(() => (film ? ([0, 1] as const) : range(data, of, data.length / channels, channels)), [data, film, of, channels]);
  const [chosenEnds, setEnds] = useState<readonly [number, number] | null>(null);
  const ends = chosenEnds ?? all;
  const [overlay, setOverlay] = useState("");
  const [opacity, setOpacity] = useState(0.7);
  const { choices, value: over } = useOverlays(valueKey, shape, overlay);
  const overEnds = useMemo(() => over && range(over.data), [over]);
  const map = channels === 1 ? GREYS : VIRIDIS;
  const image = (plane: (typeof PLANES)[number]) =>
    paintCut(value, plane, place, { ends, ...(single === null ? {} : { one: { channel: single, map } }), ...(over && overEnds ? { over: { data: over.data, map: HEAT, ends: overEnds, opacity } } : {}) });
  const at = (place[0] * H + place[1]) * W + place[2];
  const here = film ? [0, 1, 2].map((c) => formatNumber(data[at * 3 + c]!, 3)).join(", ") : formatNumber(data[at * channels + of]!, 6);
  const [level, window] = [(ends[0] + ends[1]) / 2, ends[1] - ends[0]];
  const span = all[1] - all[0];
  const contrast = (level: number, window: number): void => setEnds([level - window / 2, level + window / 2]);
  return (
    <div className="pb-volume">
      {PLANES.map((plane) => {
        const axis = fixedAxis(plane);
        const label = planeLabel(plane, film, place[axis], size[axis]);
        return (
          <figure key={plane} className="pb-volume-plane">
            <PlanePane plane={plane} image={image(plane)} size={size} place={place} ratio={planeRatio(plane, size, spacing)} label={`${title}: ${label}`} keys onPlace={setPlace} />
            <figcaption data-plane={plane}>
              <span>{planeTitle(plane, film)}</span>
              <Slider label={film ? planeTitle(plane, film) : `${planeTitle(plane, film)} slice`} value={place[axis]} valueText={`${place[axis] + 1} of ${size[axis]}`} min={0} max={Math.max(1, size[axis] - 1)} step={1} disabled={size[axis] < 2} onChange={(v) => setPlace(place.map((p, i) => (i === axis ? v : p)) as unknown as Place)} />
              <output aria-live="off">{place[axis] + 1} / {size[axis]}</output>
            </figcaption>
          </figure>
        );
      })}
      <div className="pb-volume-controls">
        <p className="pb-volume-here">[{place.join(", ")}] <b>{here}</b>{over ? <> · over it <b>{formatNumber(over.data[at]!, 6)}</b></> : null}</p>
        {film ? null : <Pager what="channel" index={of} count={channels} name={`channel ${of}`} onChange={(c) => (setChannel(c), setEnds(null))} />}
        <div className="pb-volume-row"><span>Level</span><Slider label="Level" value={level} valueText={formatNumber(level, 4)} min={all[0]} max={all[1]} step={span / 200 || 1} disabled={span === 0} onChange={(v) => contrast(v, window)} /><output aria-live="off">{formatNumber(level, 3)}</output></div>
        <div className="pb-volume-row"><span>Window</span><Slider label="Window" value={window} valueText={formatNumber(window, 4)} min={span / 200} max={span || 1} step={span / 200 || 1} disabled={span === 0} onChange={(v) => contrast(level, v)} /><output aria-live="off">{formatNumber(window, 3)}</output></div>
        <div className="pb-volume-buttons">
          <Button label="All values" help="From the lowest value to the highest" variant="quiet" onClick={() => setEnds(null)} />
          <Button label="Usual values" help="Without the lowest and the highest hundredth" variant="quiet" onClick={() => setEnds(usualEnds(value, single))} />
        </div>
        <Legend map={film ? GREYS : map} min={ends[0]} max={ends[1]} />
        {choices.length ? (
          <label className="pb-volume-row">
            <span>Over it</span>
            <select className="pb-select" value={choices.some((c) => c.key === overlay) ? overlay : ""} onChange={(event) => setOverlay(event.target.value)}>
              <option value="">Nothing</option>
              {choices.map(({ key, title }) => <option key={key} value={key}>{title}</option>)}
            </select>
          </label>
        ) : null}
        {over && overEnds ? (
          <>
            <div className="pb-volume-row"><span>Opacity</span><Slider label="Opacity of what lies over it" value={opacity} valueText={`${Math.round(opacity * 100)} %`} min={0} max={1} step={0.05} onChange={setOpacity} /><output aria-live="off">{Math.round(opacity * 100)} %</output></div>
            <Legend map={HEAT} min={overEnds[0]} max={overEnds[1]} />
          </>
        ) : null}
      </div>
    </div>
  );
}
