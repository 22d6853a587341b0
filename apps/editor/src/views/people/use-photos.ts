/** Pictures of the people in a gallery, where the photos that were enrolled are upstream: their aligned faces, else the photos. */
import type { ImagesValue } from "@patchbay/runtime";
import { useMemo } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import type { Pixels } from "../image/PixelCanvas.tsx";
import { tensorPicture } from "../pixels/tensor-pictures.ts";
import { isPicture, keep, upstreamValue } from "../state/upstream-values.ts";
import { useWholeValue } from "../state/use-whole-value.ts";

export interface Photos {
  /** By the photo's name. */
  readonly photos: ReadonlyMap<string, Pixels>;
  /** The first of each person. */
  readonly people: ReadonlyMap<string, Pixels>;
}

const NONE: Photos = { photos: new Map(), people: new Map() };

export function usePhotos(node: string, port?: string): Photos {
  const [images, chips] = useEditorState(useMemo(() => keep((state) => [
    upstreamValue(state, node, port, (s) => s.summary.kind === "images"),
    upstreamValue(state, node, port, (s) => s.summary.kind === "tensor" && isPicture(s)),
  ]), [node, port]));
  const list = useWholeValue(images?.key, images?.shown);
  const faces = useWholeValue(chips?.key, chips?.shown);
  const items = list.state === "ready" && list.value.kind === "images" ? list.value.items : null;
  const tensor = faces.state === "ready" && faces.value.kind === "tensor" ? faces.value : null;
  return useMemo(() => (items ? byName(items, tensor && tensor.shape[0] === items.length ? (i) => tensorPicture(tensor, i) : (i) => items[i]!.image) : NONE), [items, tensor]);
}

function byName(items: ImagesValue["items"], picture: (index: number) => Pixels): Photos {
  const photos = new Map<string, Pixels>();
  const people = new Map<string, Pixels>();
  items.forEach(({ name, label }, i) => {
    const image = picture(i);
    photos.set(name, image);
    const person = label ?? name.replace(/#.*$/, "").replace(/^.*\//, "").replace(/\.[^.]+$/, "");
    if (!people.has(person)) people.set(person, image);
  });
  return { photos, people };
}
