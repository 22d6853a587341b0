/** Frames around parts of a picture that is zoomed: as thick at every size, and outside of what they point out, however small it is. */
import type { Face } from "@patchbay/runtime";
import type { Viewport } from "./viewport.ts";

// The ground is a photo in either theme.
const [LINE, SHADOW] = ["#ffc46b", "#000c"];

/** The canvas is already scaled to its screen's pixels. */
export function drawBoxes(canvas: HTMLCanvasElement, { scale, x, y }: Viewport, boxes: readonly Face["box"][]): void {
  const context = canvas.getContext("2d")!;
  for (const box of boxes)
    for (const [colour, line, away] of [[SHADOW, 6, 3], [LINE, 2.5, 3]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(x + box.x * scale - away, y + box.y * scale - away, box.width * scale + 2 * away, box.height * scale + 2 * away);
    }
}
