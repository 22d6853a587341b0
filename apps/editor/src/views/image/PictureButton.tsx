/** A picture in a node; a click opens it large. */
import { lazy, Suspense, useState, type ReactNode } from "react";
import type { Pages } from "./ImageViewer.tsx";
import { PixelCanvas, type Pixels } from "./PixelCanvas.tsx";
import { useBefores } from "./use-befores.ts";

const ImageViewer = lazy(async () => ({ default: (await import("./ImageViewer.tsx")).ImageViewer }));

export interface PictureButtonProps {
  pages: Pages;
  index?: number;
  /** What it shows, in words. */
  label: string;
  title: string;
  /** Its pictures upstream can be laid over it. */
  comparedWith?: string;
  /** Drawn in the node in the place of the page's own picture. */
  thumbnail?: Pixels;
  longest?: number;
  className?: string;
}

export function PictureButton({ pages, index = 0, label, title, comparedWith, thumbnail, longest, className = "" }: PictureButtonProps): ReactNode {
  const [open, setOpen] = useState(false);
  const image = thumbnail ?? pages.image(index);
  return (
    <>
      <button type="button" className={`pb-picture ${className}`} aria-label={`${label}. Open large`} onClick={() => setOpen(true)}>
        <PixelCanvas image={image} label={label} {...(longest ? { longest } : {})} />
      </button>
      {open ? <Suspense fallback={null}><Opened pages={pages} index={index} title={title} comparedWith={comparedWith} onClose={() => setOpen(false)} /></Suspense> : null}
    </>
  );
}

function Opened({ pages, index, title, comparedWith, onClose }: { pages: Pages; index: number; title: string; comparedWith: string | undefined; onClose: () => void }): ReactNode {
  const befores = useBefores(comparedWith, pages.image(Math.min(index, pages.count - 1)));
  return <ImageViewer title={title} pages={pages} start={index} befores={befores} onClose={onClose} />;
}
