/** A picture drawn pixel by pixel, when it comes near the screen and when it is another one. */
import type { ImageValue } from "@patchbay/runtime";
import { useLayoutEffect, useRef, type ReactNode } from "react";
import { toRgba } from "../../model/rgba.ts";
import { useNear } from "../state/use-near.ts";

export type Pixels = Pick<ImageValue, "width" | "height" | "data">;

/** `longest`: larger pictures are drawn smaller, because nobody sees more in a node. */
export function PixelCanvas({ image, label, longest = 1024, className = "" }: { image: Pixels; label: string; longest?: number; className?: string }): ReactNode {
  const ref = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<Pixels | null>(null);
  const near = useNear(ref);
  const scale = Math.min(1, longest / Math.max(image.width, image.height, 1));
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  useLayoutEffect(() => {
    if (!near || !ref.current || drawn.current === image) return;
    drawn.current = image;
    paint(ref.current, image, width, height);
  }, [near, image, width, height]);
  // Few pixels are shown as the squares they are, many as a smooth picture.
  return <canvas ref={ref} role="img" aria-label={label} className={`pb-pixels ${className}`} data-coarse={Math.max(image.width, image.height) < 160 || undefined} style={{ aspectRatio: `${image.width} / ${image.height}` }} />;
}

export function paint(canvas: HTMLCanvasElement, image: Pixels, width = image.width, height = image.height): void {
  canvas.width = width;
  canvas.height = height;
  if (image.width === 0 || image.height === 0) return;
  const context = canvas.getContext("2d")!;
  const pixels = new ImageData(toRgba(image), image.width, image.height);
  if (width === image.width && height === image.height) return context.putImageData(pixels, 0, 0);
  const whole = document.createElement("canvas");
  whole.width = image.width;
  whole.height = image.height;
  whole.getContext("2d")!.putImageData(pixels, 0, 0);
  context.imageSmoothingQuality = "high";
  context.drawImage(whole, 0, 0, width, height);
}

/** A PNG file of the picture in its full size. */
export function toPng(image: Pixels): Promise<Blob> {
  const canvas = document.createElement("canvas");
  paint(canvas, image);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not write the picture as PNG."))), "image/png"));
}
