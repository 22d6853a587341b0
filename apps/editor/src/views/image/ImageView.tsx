/** Pictures as they are: one, or several to leaf through. */
import { useState, type ReactNode } from "react";
import { Pager } from "../parts/Pager.tsx";
import type { ViewProps } from "../view-props.ts";
import { pagesOf } from "./pages-of.ts";
import { PictureButton } from "./PictureButton.tsx";

export function ImageView({ value, node, title, large }: ViewProps): ReactNode {
  const [page, setPage] = useState(0);
  const pages = pagesOf(value);
  if (!pages) return null;
  const at = Math.min(page, pages.count - 1);
  const { width, height } = pages.image(at);
  const name = pages.name(at);
  return (
    <>
      <PictureButton pages={pages} index={at} title={title} comparedWith={node} longest={large ? 2048 : 1024} label={`${title}${pages.count > 1 ? `, ${name}` : ""}, ${width} by ${height} pixels`} />
      <Pager what="picture" index={at} count={pages.count} name={name} onChange={setPage} />
    </>
  );
}
