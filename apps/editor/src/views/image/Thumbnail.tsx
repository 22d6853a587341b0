/** A small picture of a value that is, or holds, one. */
import { useMemo, type ReactNode } from "react";
import type { Upstream } from "../state/upstream-values.ts";
import { useWholeValue } from "../state/use-whole-value.ts";
import { PixelCanvas } from "./PixelCanvas.tsx";
import { pagesOf } from "./pages-of.ts";

export function Thumbnail({ of: { key, shown }, label, index = 0 }: { of: Upstream; label: string; index?: number }): ReactNode {
  const { thumbnail } = shown.summary;
  const enough = index === 0 && thumbnail !== undefined;
  const whole = useWholeValue(key, shown, !enough);
  const image = useMemo(() => {
    if (enough) return thumbnail;
    const pages = whole.state === "ready" ? pagesOf(whole.value) : null;
    return pages && index < pages.count ? pages.image(index) : null;
  }, [enough, thumbnail, whole.state === "ready" ? whole.value : null, index]);
  return image ? <span className="pb-thumbnail"><PixelCanvas image={image} label={label} longest={160} /></span> : null;
}
