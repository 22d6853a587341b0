/** Draws the visible part of a picture; close up with a grid and the numbers of its pixels, and with another one left of a border. */
import { pixelAt } from "../pixels/pixel-at.ts";
import type { Pixels } from "./PixelCanvas.tsx";
import type { Size, Viewport } from "./viewport.ts";

const GRID_FROM = 14;
const NUMBERS_FROM = 56;

export function drawStage(canvas: HTMLCanvasElement, size: Size, view: Viewport, image: Pixels, source: HTMLCanvasElement, before: { source: HTMLCanvasElement; split: number } | null): void {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const { scale, x, y } = view;
  const [w, h] = [image.width * scale, image.height * scale];
  context.imageSmoothingEnabled = scale * ratio < 2;
  context.imageSmoothingQuality = "high";
  context.drawImage(source, x, y, w, h);
  if (before) {
    const border = x + w * before.split;
    context.save();
    context.beginPath();
    context.rect(x, y, w * before.split, h);
    context.clip();
    context.drawImage(before.source, x, y, w, h);
    context.restore();
    line(context, border, y, h);
  }
  if (scale >= GRID_FROM) grid(context, size, view, image);
  if (scale >= NUMBERS_FROM && !before) numbers(context, size, view, image);
}

/** The border, with a grip in its middle; white in black, so that it is seen on every picture. */
function line(context: CanvasRenderingContext2D, x: number, y: number, height: number): void {
  for (const [colour, width] of [["#000a", 4], ["#fff", 2]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x, y + height);
    context.stroke();
  }
  context.fillStyle = "#fff";
  context.beginPath();
  context.arc(x, y + height / 2, 12, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = "#000a";
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = "#222";
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(x + side * 8, y + height / 2);
    context.lineTo(x + side * 3, y + height / 2 - 4);
    context.lineTo(x + side * 3, y + height / 2 + 4);
    context.fill();
  }
}

/** First and last visible pixel of an axis. */
const visible = (offset: number, scale: number, length: number, room: number): readonly [number, number] => [Math.max(0, Math.floor(-offset / scale)), Math.min(length, Math.ceil((room - offset) / scale))];

function grid(context: CanvasRenderingContext2D, size: Size, { scale, x, y }: Viewport, image: Pixels): void {
  const [[left, right], [top, bottom]] = [visible(x, scale, image.width, size.width), visible(y, scale, image.height, size.height)];
  context.strokeStyle = "#8883";
  context.lineWidth = 1;
  context.beginPath();
  for (let i = left; i <= right; i++) {
    context.moveTo(x + i * scale, y + top * scale);
    context.lineTo(x + i * scale, y + bottom * scale);
  }
  for (let i = top; i <= bottom; i++) {
    context.moveTo(x + left * scale, y + i * scale);
    context.lineTo(x + right * scale, y + i * scale);
  }
  context.stroke();
}

function numbers(context: CanvasRenderingContext2D, size: Size, { scale, x, y }: Viewport, image: Pixels): void {
  const [[left, right], [top, bottom]] = [visible(x, scale, image.width, size.width), visible(y, scale, image.height, size.height)];
  context.font = "11px ui-monospace, monospace";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const colour = pixelAt(image, column, row)!;
      context.fillStyle = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2] > 128 ? "#000" : "#fff";
      colour.forEach((value, i) => context.fillText(String(value), x + (column + 0.5) * scale, y + (row + 0.5) * scale + (i - 1) * 13));
    }
}
