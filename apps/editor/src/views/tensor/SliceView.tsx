/** A volume slice by slice, with the planes beside it; of one with many channels, one channel at a time; with room, all three planes in full. */
import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { Slider } from "../../ui/fields.tsx";
import { PictureButton } from "../image/PictureButton.tsx";
import type { Pages } from "../image/ImageViewer.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { range } from "../numbers/statistics.ts";
import { GREYS, VIRIDIS } from "../pixels/colour-maps.ts";
import { channelPlane, paintPlane, tensorPicture } from "../pixels/tensor-pictures.ts";
import { Pager } from "../parts/Pager.tsx";
import type { ViewOf } from "../view-props.ts";
import { isFilm } from "../volume/plane-names.ts";
import { Legend } from "./Legend.tsx";

// The first page needs no volumes.
const VolumeView = lazy(async () => ({ default: (await import("../volume/VolumeView.tsx")).VolumeView }));
const SidePlanes = lazy(async () => ({ default: (await import("../volume/SidePlanes.tsx")).SidePlanes }));

export function SliceView(props: ViewOf<"tensor">): ReactNode {
  const isVolume = props.value.shape[0] === 1;
  return props.large && isVolume ? <Suspense fallback={null}><VolumeView {...props} /></Suspense> : <Slices {...props} planes={isVolume} />;
}

/** `planes`: with those beside the slice; of several volumes at once only the first is cut. */
function Slices({ value, title, node, type, planes }: ViewOf<"tensor"> & { planes: boolean }): ReactNode {
  const { shape, data } = value;
  const [, depth, height, width, channels] = shape as [number, number, number, number, number];
  const [place, setPlace] = useState<readonly [number, number, number]>([depth >> 1, height >> 1, width >> 1]);
  const [channel, setChannel] = useState(0);
  const film = isFilm(shape, type);
  const of = film ? 0 : Math.min(channel, channels - 1);
  const at = Math.min(place[0], depth - 1);
  const held = useMemo(() => [at, Math.min(place[1], height - 1), Math.min(place[2], width - 1)] as const, [at, place, height, width]);
  const map = channels === 1 ? GREYS : VIRIDIS;
  // One scale for all slices of a channel: they are compared.
  const ends = useMemo(() => (film ? ([0, 1] as const) : range(data, of, depth * height * width, channels)), [data, film, of, depth, height, width, channels]);
  const pages = useMemo((): Pages => {
    const made = new Map<number, ReturnType<typeof paintPlane>>();
    return {
      count: depth,
      name: (i) => `${film ? "Frame" : "Slice"} ${i + 1}`,
      image(i) {
        let image = made.get(i);
        if (!image) made.set(i, (image = film ? tensorPicture({ shape: [depth, height, width, 3], data }, i) : paintPlane(data, channelPlane(shape, of, i), map, ends)));
        return image;
      },
      read: (i, x, y) => Array.from({ length: film ? 3 : 1 }, (_, c) => formatNumber(data[((i * height + y) * width + x) * channels + of + c]!, film ? 3 : 6)).join(", "),
    };
  }, [data, shape, film, of, map, ends, depth, height, width, channels]);
  return (
    <>
      <PictureButton pages={pages} index={at} title={title} label={`${title}: ${film ? "frame" : "slice"} ${at + 1} of ${depth}, ${width} by ${height}`} className="pb-slice" />
      <div className="pb-slice-row nodrag">
        <Slider label={film ? "Frame" : "Slice"} value={at} min={0} max={Math.max(1, depth - 1)} step={1} disabled={depth < 2} onChange={(z) => setPlace([z, place[1], place[2]])} />
        <span>{film ? "frame" : "slice"} {at + 1} / {depth}</span>
      </div>
      {planes && depth > 1 ? <Suspense fallback={null}><SidePlanes voxels={value} node={node} title={title} place={held} film={film} channel={of} map={map} ends={ends} onPlace={setPlace} /></Suspense> : null}
      {film ? null : <Pager what="channel" index={of} count={channels} name={`channel ${of}`} onChange={setChannel} />}
      {film ? null : <Legend map={map} min={ends[0]} max={ends[1]} />}
    </>
  );
}
