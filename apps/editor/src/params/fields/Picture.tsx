/** A small picture of what a graph names; a frame with a sign while there is none. */
import { Image, ImageOff } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import type { Part } from "../picture-list.ts";
import { thumbnailOf, type Thumbnail } from "../references.ts";

/** `undefined` while it is being read. */
export function useThumbnail(reference: string, part?: Part, side?: number): Thumbnail | null | undefined {
  const { files, assets, workspace } = useEditor();
  const [state, setState] = useState<{ key: string; thumbnail: Thumbnail | null } | null>(null);
  const key = JSON.stringify([reference, part, side]);
  useEffect(() => {
    if (reference === "") return;
    let stale = false;
    void thumbnailOf({ files, assets, workspace }, reference, { part, ...(side ? { side } : {}) }).then((thumbnail) => stale || setState({ key, thumbnail }));
    return () => {
      stale = true;
    };
    // `key` stands for reference, part and side.
  }, [files, assets, workspace, key]);
  return reference === "" ? null : state?.key === key ? state.thumbnail : undefined;
}

export function Picture({ reference, part, side, alt = "" }: { reference: string; part?: Part | undefined; side?: number; alt?: string }): ReactNode {
  const thumbnail = useThumbnail(reference, part, side);
  if (thumbnail) return <img className="pb-thumb" src={thumbnail.url} alt={alt} draggable={false} />;
  return (
    <span className="pb-thumb" data-empty="" data-waiting={thumbnail === undefined || undefined} role={alt ? "img" : undefined} aria-label={alt || undefined}>
      {thumbnail === null && reference !== "" ? <ImageOff /> : <Image />}
    </span>
  );
}
