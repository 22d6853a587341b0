/** A volume slice by slice; of one with many channels, one channel at a time. */
import { useMemo, useState, type ReactNode } from "react";
import { Slider } from "../../ui/fields.tsx";
import { PictureButton } from "../image/PictureButton.tsx";
import type { Pages } from "../image/ImageViewer.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { range } from "../numbers/statistics.ts";
import { GREYS, VIRIDIS } from "../pixels/colour-maps.ts";
import { channelPlane, paintPlane } from "../pixels/tensor-pictures.ts";
import { Pager } from "../parts/Pager.tsx";
import type { ViewOf } from "../view-props.ts";
import { Legend } from "./Legend.tsx";

export function SliceView({ value, title }: ViewOf<"tensor">): ReactNode {
  const { shape, data } = value;
  const [, depth, height, width, channels] = shape as [number, number, number, number, number];
  const [slice, setSlice] = useState(Math.floor(depth / 2));
  const [channel, setChannel] = useState(0);
  const [at, of] = [Math.min(slice, depth - 1), Math.min(channel, channels - 1)];
  const map = channels === 1 ? GREYS : VIRIDIS;
  // One scale for all slices of a channel: they are compared.
  const ends = useMemo(() => range(data, of, depth * height * width, channels), [data, of, depth, height, width, channels]);
  const pages = useMemo((): Pages => {
    const made = new Map<number, ReturnType<typeof paintPlane>>();
    return {
      count: depth,
      name: (i) => `Slice ${i + 1}`,
      image(i) {
        let image = made.get(i);
        if (!image) made.set(i, (image = paintPlane(data, channelPlane(shape, of, i), map, ends)));
        return image;
      },
      read: (i, x, y) => formatNumber(data[((i * height + y) * width + x) * channels + of]!, 6),
    };
  }, [data, shape, of, map, ends, depth, height, width, channels]);
  return (
    <>
      <PictureButton pages={pages} index={at} title={title} label={`${title}: slice ${at + 1} of ${depth}, ${width} by ${height}`} className="pb-slice" />
      <div className="pb-slice-row nodrag">
        <Slider label="Slice" value={at} min={0} max={Math.max(1, depth - 1)} step={1} disabled={depth < 2} onChange={setSlice} />
        <span>slice {at + 1} / {depth}</span>
      </div>
      <Pager what="channel" index={of} count={channels} name={`channel ${of}`} onChange={setChannel} />
      <Legend map={map} min={ends[0]} max={ends[1]} />
    </>
  );
}
