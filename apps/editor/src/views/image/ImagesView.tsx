/** A list of pictures: a strip of small ones with their names. */
import type { ReactNode } from "react";
import type { ViewOf } from "../view-props.ts";
import { pagesOf } from "./pages-of.ts";
import { PictureButton } from "./PictureButton.tsx";

const SHOWN = 24;

export function ImagesView({ value, title, large }: ViewOf<"images">): ReactNode {
  const pages = pagesOf(value);
  if (!pages) return <p className="pb-view-note">No pictures.</p>;
  const most = large ? 400 : SHOWN;
  return (
    <ul className="pb-strip nowheel" data-large={large || undefined}>
      {value.items.slice(0, most).map(({ name, label, image }, i) => (
        <li key={i}>
          <PictureButton pages={pages} index={i} title={title} longest={large ? 320 : 128} className="pb-picture-tile" label={`${label ?? name}, ${image.width} by ${image.height} pixels`} />
          <span className="pb-strip-name" title={name}>{label ?? name}</span>
        </li>
      ))}
      {value.items.length > most ? <li className="pb-strip-more">and {value.items.length - most} more</li> : null}
    </ul>
  );
}
