/** A person's picture, or where there is none the first letters of the name. */
import type { ReactNode } from "react";
import { PixelCanvas, type Pixels } from "../image/PixelCanvas.tsx";

export function Portrait({ name, image }: { name: string; image: Pixels | undefined }): ReactNode {
  if (image) return <span className="pb-thumbnail"><PixelCanvas image={image} label={name} longest={160} /></span>;
  return <span className="pb-thumbnail pb-initials" aria-hidden>{initials(name)}</span>;
}

export const initials = (name: string): string => {
  const words = name.trim().split(/[\s_-]+/).filter(Boolean);
  return (words.length > 1 ? [words[0]!, words.at(-1)!] : words).map((w) => [...w][0]!.toUpperCase()).join("");
};
