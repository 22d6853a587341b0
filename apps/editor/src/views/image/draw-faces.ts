/** Boxes, numbers and landmarks of faces over a picture that is zoomed: as thick at every size. */
import type { Face } from "@patchbay/runtime";
import type { Viewport } from "./viewport.ts";

// The ground is a photo in either theme.
const [BOX, POINT, INK, SHADOW] = ["#ffc46b", "#5fe3ff", "#2b1a00", "#000a"];

/** The canvas is already scaled to its screen's pixels. */
export function drawFaces(canvas: HTMLCanvasElement, { scale, x, y }: Viewport, faces: readonly Face[]): void {
  const context = canvas.getContext("2d")!;
  context.font = "700 13px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  faces.forEach(({ box, landmarks }, i) => {
    const [left, top, width, height] = [x + box.x * scale, y + box.y * scale, box.width * scale, box.height * scale];
    for (const [colour, line] of [[SHADOW, 5], [BOX, 2.5]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(left, top, width, height);
    }
    context.fillStyle = POINT;
    for (const [px, py] of landmarks) {
      context.beginPath();
      context.arc(x + px * scale, y + py * scale, Math.min(4, Math.max(1, width / 110)), 0, 2 * Math.PI);
      context.fill();
    }
    context.fillStyle = BOX;
    context.fillRect(left - 1, top - 1, i < 9 ? 20 : 28, 20);
    context.fillStyle = INK;
    context.fillText(String(i + 1), left + (i < 9 ? 9 : 13), top + 10);
  });
}
