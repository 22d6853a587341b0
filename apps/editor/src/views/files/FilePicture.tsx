/** The picture that a parameter names, at once and before any run; and a strip of those of a list. */
import type { ImageValue } from "@patchbay/runtime";
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { useNear } from "../state/use-near.ts";
import { decodePicture } from "./decode.ts";
import { pictureReference, pictureReferences, type PictureReference } from "./references.ts";
import { useFileUrl } from "./use-file-url.ts";

const ImageViewer = lazy(async () => ({ default: (await import("../image/ImageViewer.tsx")).ImageViewer }));

export function FilePicture({ file, title }: { file: string; title: string }): ReactNode {
  return <One picture={pictureReference({ reference: file })} title={title} />;
}

const SHOWN = 24;

export function FileStrip({ file, title }: { file: string; title: string }): ReactNode {
  const { files } = useEditor();
  const [found, setFound] = useState<readonly PictureReference[]>([]);
  useEffect(() => {
    let current = true;
    void pictureReferences(file, files).then((list) => current && setFound(list), () => {});
    return () => void (current = false);
  }, [file, files]);
  if (found.length === 0) return null;
  return (
    <ul className="pb-strip nowheel">
      {found.slice(0, SHOWN).map((picture, i) => (
        <li key={i}>
          <One picture={picture} title={title} tile />
          <span className="pb-strip-name" title={picture.name}>{picture.name}</span>
        </li>
      ))}
      {found.length > SHOWN ? <li className="pb-strip-more">and {found.length - SHOWN} more</li> : null}
    </ul>
  );
}

function One({ picture, title, tile = false }: { picture: PictureReference; title: string; tile?: boolean }): ReactNode {
  const frame = useRef<HTMLButtonElement>(null);
  const near = useNear(frame);
  const [seen, setSeen] = useState(false);
  if (near && !seen) setSeen(true);
  const url = useFileUrl(seen ? picture.reference : "");
  const [broken, setBroken] = useState<string | null>(null);
  const [open, setOpen] = useState<ImageValue | null>(null);
  const { part } = picture;
  const label = `${title}: ${picture.name}`;
  const show = (): void => {
    if (url) decodePicture(url, part).then(setOpen, () => setBroken(url));
  };
  const missing = url !== null && broken === url;
  return (
    <>
      <button ref={frame} type="button" className={`pb-picture pb-file-picture ${tile ? "pb-picture-tile" : ""}`} aria-label={`${label}. Open large`} hidden={missing && !tile} disabled={missing || !url} onClick={show}>
        {!url || missing ? null : part ? (
          <svg viewBox={`${part.x} ${part.y} ${part.width} ${part.height}`} preserveAspectRatio="xMidYMid slice" role="img" aria-label={label}><image href={url} /></svg>
        ) : (
          <img src={url} alt={label} decoding="async" draggable={false} onError={() => setBroken(url)} />
        )}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <ImageViewer title={title} pages={{ count: 1, name: () => picture.name, image: () => open }} onClose={() => setOpen(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
