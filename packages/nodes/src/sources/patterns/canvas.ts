/** A sheet of pixels to paint on: colours with cover, and the relief that thick paint leaves. */
import type { Rgb } from "./colour.ts";

export interface Place {
  /** Pixels. */
  x: number;
  y: number;
}

export interface Stroke {
  path: readonly Place[];
  /** Full width in pixels at its middle; ends taper. */
  width: number;
  colour: Rgb;
  /** 0…1 across and along: what each bristle left. Brightness varies by it, and relief. */
  bristle(across: number, along: number): number;
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
  readonly relief: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.rgb = new Float32Array(width * height * 3);
    this.relief = new Float32Array(width * height);
  }

  fill(colour: (x: number, y: number) => Rgb): void {
    for (let y = 0, p = 0; y < this.height; y++)
      for (let x = 0; x < this.width; x++, p += 3) {
        const c = colour(x + 0.5, y + 0.5);
        this.rgb[p] = c[0];
        this.rgb[p + 1] = c[1];
        this.rgb[p + 2] = c[2];
      }
  }

  at(x: number, y: number): Rgb {
    const p = (Math.min(this.height - 1, Math.max(0, Math.floor(y))) * this.width + Math.min(this.width - 1, Math.max(0, Math.floor(x)))) * 3;
    return [this.rgb[p]!, this.rgb[p + 1]!, this.rgb[p + 2]!];
  }

  /** Covers one pixel by a share of 0…1. */
  cover(x: number, y: number, c: Rgb, share: number): void {
    const p = (y * this.width + x) * 3;
    this.rgb[p]! += (c[0] - this.rgb[p]!) * share;
    this.rgb[p + 1]! += (c[1] - this.rgb[p + 1]!) * share;
    this.rgb[p + 2]! += (c[2] - this.rgb[p + 2]!) * share;
  }

  /** A filled disc with a soft edge of one pixel. */
  dot(cx: number, cy: number, radius: number, colour: Rgb, share = 1): void {
    this.#within(cx, cy, radius + 1, (x, y) => {
      const d = Math.hypot(x + 0.5 - cx, y + 0.5 - cy);
      const edge = Math.min(1, Math.max(0, radius + 0.5 - d));
      if (edge > 0) this.cover(x, y, colour, edge * share);
    });
  }

  stroke({ path, width, colour, bristle }: Stroke): void {
    for (let s = 0; s + 1 < path.length; s++) {
      const [a, b] = [path[s]!, path[s + 1]!];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const length = Math.hypot(dx, dy);
      if (length === 0) continue;
      this.#within((a.x + b.x) / 2, (a.y + b.y) / 2, length / 2 + width / 2 + 1, (x, y) => {
        const px = x + 0.5 - a.x;
        const py = y + 0.5 - a.y;
        const t = (px * dx + py * dy) / (length * length);
        if (t < -0.5 / length || t >= 1 + 0.5 / length) return;
        const across = (px * dy - py * dx) / length / (width / 2);
        const along = (s + t) / (path.length - 1);
        // Paint sets in round and runs out thin.
        const taper = Math.sqrt(Math.max(0, Math.min(1, along * 5 + 0.15) * Math.min(1, (1 - along) * 3 + 0.1)));
        const edge = (taper - Math.abs(across)) * (width / 2) + 0.5;
        if (edge <= 0) return;
        const left = bristle(across, along);
        const bright = 0.86 + 0.28 * left;
        this.cover(x, y, [colour[0] * bright, colour[1] * bright, colour[2] * bright], Math.min(1, edge) * (0.55 + 0.45 * Math.min(1, left * 2.5)));
        this.relief[y * this.width + x] = left * (1 - 0.5 * across * across);
      });
    }
  }

  /** Lights the relief from the upper left. */
  light(strength: number): void {
    const { width, height, relief, rgb } = this;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = (i: number, j: number) => relief[Math.min(height - 1, Math.max(0, j)) * width + Math.min(width - 1, Math.max(0, i))]!;
        const slope = at(x + 1, y) - at(x - 1, y) + at(x, y + 1) - at(x, y - 1);
        const by = 1 - strength * Math.max(-1, Math.min(1, slope));
        const p = (y * width + x) * 3;
        for (let c = 0; c < 3; c++) rgb[p + c]! *= by;
      }
  }

  bytes(): Uint8Array {
    const { rgb } = this;
    const bytes = new Uint8Array(rgb.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.min(255, Math.max(0, Math.round(rgb[i]! * 255)));
    return bytes;
  }

  #within(cx: number, cy: number, radius: number, visit: (x: number, y: number) => void): void {
    const [x0, x1] = [Math.max(0, Math.floor(cx - radius)), Math.min(this.width - 1, Math.ceil(cx + radius))];
    const [y0, y1] = [Math.max(0, Math.floor(cy - radius)), Math.min(this.height - 1, Math.ceil(cy + radius))];
    for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) visit(x, y);
  }
}
