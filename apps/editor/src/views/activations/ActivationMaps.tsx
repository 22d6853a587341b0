/** What a hidden layer has found where: a picture for each channel, in pages. */
import type { ActivationsValue } from "@patchbay/runtime";
import { useMemo, useState, type CSSProperties, type ReactNode } from "react";
import type { Pages } from "../image/ImageViewer.tsx";
import { PictureButton } from "../image/PictureButton.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { Pager } from "../parts/Pager.tsx";
import { VIRIDIS } from "../pixels/colour-maps.ts";
import { channelPlane, paintPlane } from "../pixels/tensor-pictures.ts";
import "./activations.css";

type Layers = ActivationsValue["layers"];

export function ActivationMaps({ layers, title, large }: { layers: Layers; title: string; large?: boolean | undefined }): ReactNode {
  const [chosen, setChosen] = useState(0);
  const [page, setPage] = useState(0);
  const layer = layers[Math.min(chosen, layers.length - 1)];
  const pages = useMemo(() => (layer ? mapsOf(layer) : null), [layer]);
  if (!layer || !pages) return null;
  const { shape } = layer.tensor;
  const [height, width] = shape.slice(-3) as [number, number];
  const each = large ? 48 : 12;
  const count = Math.ceil(pages.count / each);
  const at = Math.min(page, count - 1);
  const indices = Array.from({ length: Math.min(each, pages.count - at * each) }, (_, i) => at * each + i);
  return (
    <div className="pb-maps" data-large={large || undefined}>
      {layers.length > 1 ? (
        <div className="pb-view-ports" role="tablist" aria-label="Layer">
          {layers.map(({ name }, i) => (
            <button key={name} type="button" role="tab" className="nodrag" aria-selected={layer === layers[i]} onClick={() => (setChosen(i), setPage(0))}>{name}</button>
          ))}
        </div>
      ) : null}
      <div className="pb-maps-grid" style={{ "--pb-map-ratio": `${width} / ${height}` } as CSSProperties}>
        {indices.map((i) => <PictureButton key={i} pages={pages} index={i} title={layers.length > 1 ? `${title}, layer ${layer.name}` : title} longest={large ? 256 : 128} label={`${pages.name(i)} of ${layers.length > 1 ? layer.name : title}, ${width} by ${height}`} />)}
      </div>
      <Pager what="channels" index={at} count={count} name={`channels ${indices[0]}–${indices.at(-1)} of ${pages.count}`} onChange={setPage} />
    </div>
  );
}

/** A page for each channel of the first picture (and of further pictures after it). Each has its own scale: weak ones are seen as well as strong ones. */
function mapsOf({ tensor: { shape, data } }: Layers[number]): Pages | null {
  if (shape.length < 3) return null;
  const [height, width, channels] = shape.slice(-3) as [number, number, number];
  const outer = shape.slice(0, -3).reduce((n, d) => n * d, 1);
  const made = new Map<number, ReturnType<typeof paintPlane>>();
  return {
    count: outer * channels,
    name: (i) => (outer > 1 ? `Picture ${Math.floor(i / channels) + 1}, channel ${i % channels}` : `Channel ${i}`),
    image(i) {
      let image = made.get(i);
      if (!image) made.set(i, (image = paintPlane(data, channelPlane(shape, i % channels, Math.floor(i / channels)), VIRIDIS)));
      return image;
    },
    read: (i, x, y) => formatNumber(data[((Math.floor(i / channels) * height + y) * width + x) * channels + (i % channels)]!, 6),
  };
}
