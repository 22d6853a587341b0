/** A picture as a file that carries the graph it came from: dropped on the canvas it brings the graph back. */
import type { EditorParts } from "../../app/editor-parts.ts";
import { toPng, type Pixels } from "./PixelCanvas.tsx";

/** PNG. Without the graph where that could not be written: the picture is what was asked for. */
export async function pictureFile(parts: EditorParts, image: Pixels): Promise<Blob> {
  const png = await toPng(image);
  try {
    const { pngWithGraphAndFiles } = await import("../../formats/canvas-png.ts");
    return await pngWithGraphAndFiles(png, parts);
  } catch {
    return png;
  }
}
