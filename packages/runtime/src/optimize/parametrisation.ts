/** How the picture depends on the numbers that are optimised: plain pixels, or a decorrelated pyramid. */
import type { Builder, Value } from "../ir/builder.ts";
import { sizeOf } from "../ir/tensor.ts";

export interface Parametrisation {
  /** Length of the flat parameter vector, which always starts as zeros: zeros give the start picture. */
  readonly size: number;
  /** `start`: `[1,H,W,3]` in 0…1; `flat`: `[size]` → the picture `[1,3,H,W]`. */
  image(b: Builder, start: Value, flat: Value): Value;
  /** Applied to the vector after each update, e.g. to keep pixels in 0…1. */
  project?(b: Builder, start: Value, flat: Value): Value;
}

/** The picture is the start plus one number per pixel and channel, clamped to 0…1 after each step. */
function pixels(height: number, width: number): Parametrisation {
  const shape = [1, height, width, 3];
  const size = sizeOf(shape);
  return {
    size,
    image: (b, start, flat) => b.channelsFirst(b.add(start, b.reshape(flat, shape))),
    project: (b, start, flat) => b.reshape(b.sub(b.clip(b.add(start, b.reshape(flat, shape)), 0, 1), start), [size]),
  };
}

/**
 * Colour-decorrelation matrix of "Differentiable Image Parameterizations" (Mordvintsev et al., Distill 2018),
 * divided by its largest column norm; rows are R, G, B.
 */
const DECORRELATION = (() => {
  const rows = [[0.26, 0.09, 0.02], [0.27, 0.0, -0.05], [0.27, -0.09, 0.03]];
  const norm = Math.max(...[0, 1, 2].map((c) => Math.hypot(...rows.map((r) => r[c]!))));
  return rows.map((r) => r.map((v) => v / norm));
})();

function invert3(m: readonly (readonly number[])[]): number[][] {
  const [[a, b, c], [d, e, f], [g, h, i]] = m as [[number, number, number], [number, number, number], [number, number, number]];
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [[e * i - f * h, c * h - b * i, b * f - c * e], [f * g - d * i, a * i - c * g, c * d - a * f], [d * h - e * g, b * g - a * h, a * e - b * d]].map((r) => r.map((v) => v / det));
}

/** `sigmoid(CC·(base + Σₖ wₖ·bilinearUp(pₖ)))`, `base = CC⁻¹·logit(start)`, `wₖ ∝ 2^(k/2)` with unit L2 norm. */
function pyramid(height: number, width: number, levels: number): Parametrisation {
  const shapes = Array.from({ length: levels }, (_, k) => [Math.max(4, Math.ceil(height / 2 ** k)), Math.max(4, Math.ceil(width / 2 ** k))] as const);
  const sizes = shapes.map(([h, w]) => 3 * h * w);
  const raw = shapes.map((_, k) => 2 ** (k / 2));
  const norm = Math.hypot(...raw);
  const mix = (b: Builder, matrix: readonly (readonly number[])[], x: Value) =>
    b.reshape(b.matmul(b.floats([3, 3], matrix.flat()), b.reshape(x, [3, height * width])), [1, 3, height, width]);
  return {
    size: sizes.reduce((n, s) => n + s, 0),
    image(b, start, flat) {
      const p = b.clip(b.channelsFirst(start), 0.01, 0.99);
      let sum = mix(b, invert3(DECORRELATION), b.log(b.div(p, b.sub(1, p))));
      let at = 0;
      shapes.forEach(([h, w], k) => {
        const level = b.reshape(b.slice(flat, [at], [at + sizes[k]!]), [1, 3, h, w]);
        at += sizes[k]!;
        // The weight is applied before enlarging, where there are fewer numbers.
        sum = b.add(sum, b.resize(b.mul(level, raw[k]! / norm), [height, width], "linear"));
      });
      return b.sigmoid(mix(b, DECORRELATION, sum));
    },
  };
}

export function parametrisation(kind: "pyramid" | "pixels", height: number, width: number, levels: number): Parametrisation {
  return kind === "pixels" ? pixels(height, width) : pyramid(height, width, levels);
}
