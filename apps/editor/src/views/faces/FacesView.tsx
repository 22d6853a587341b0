/** The faces that were found, on their picture: numbered, with boxes, scores and landmarks. */
import { useState, type ReactNode } from "react";
import { Pager } from "../parts/Pager.tsx";
import { pagesOf } from "../image/pages-of.ts";
import { PictureButton } from "../image/PictureButton.tsx";
import type { ViewOf } from "../view-props.ts";
import { FaceMarks } from "./FaceMarks.tsx";
import { facesInWords } from "./faces-in-words.ts";
import "./faces.css";

export function FacesView({ value, title, node, large }: ViewOf<"faces">): ReactNode {
  const [page, setPage] = useState(0);
  const pictures = [value, ...(value.more ?? [])];
  const at = Math.min(page, pictures.length - 1);
  const { image, faces } = pictures[at]!;
  const pages = pagesOf(value)!;
  return (
    <>
      <div className="pb-faces">
        <PictureButton pages={pages} index={at} title={title} comparedWith={node} longest={large ? 2048 : 1024} label={`${pages.name(at)}: ${facesInWords(faces.length)}`} />
        <FaceMarks image={image} faces={faces} large={large ?? false} />
      </div>
      <Pager what="picture" index={at} count={pictures.length} name={pages.name(at)} onChange={setPage} />
      {faces.length ? (
        <ol className="pb-faces-list">
          {faces.slice(0, large ? 200 : 12).map(({ score, box }, i) => (
            <li key={i}>
              <b>{i + 1}</b> {Math.round(score * 100)} %{large || faces.length === 1 ? <span> {Math.round(box.width)} × {Math.round(box.height)} pixels</span> : null}
            </li>
          ))}
        </ol>
      ) : (
        <p className="pb-view-note">No face was found on this picture.</p>
      )}
    </>
  );
}
