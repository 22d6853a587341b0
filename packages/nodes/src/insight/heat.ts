/** Maps of importance: scaled, blurred a little, and laid over the picture that they explain. */
import { float32, type ImageValue, type TensorData } from "@patchbay/runtime/node-api";

/** `[1,H,W,1]` with its largest magnitude at 1; a map of zeros stays. */
export function scaled(map: TensorData): TensorData {
  let most = 0;
  for (const v of map.data) most = Math.max(most, Math.abs(v));
  return float32(map.shape, most > 0 ? Float32Array.from(map.data, (v) => v / most) : Float32Array.from(map.data));
}

/** A Gaussian of `sigma` pixels over `[1,H,W,1]`, edges repeated. */
export function blurred({ data, shape }: TensorData, sigma: number): TensorData {
  if (sigma <= 0) return float32(shape, Float32Array.from(data));
  const [, height, width] = shape as [number, number, number];
  const radius = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-0.5 * ((i - radius) / sigma) ** 2));
  const sum = kernel.reduce((a, b) => a + b, 0);
  const pass = (from: ArrayLike<number>, stepOf: (i: number) => { base: number; stride: number; at: number; length: number }): Float32Array => {
    const out = new Float32Array(from.length);
    for (let i = 0; i < out.length; i++) {
      const { base, stride, at, length } = stepOf(i);
      let total = 0;
      for (let k = -radius; k <= radius; k++) total += kernel[k + radius]! * from[base + Math.min(length - 1, Math.max(0, at + k)) * stride]!;
      out[i] = total / sum;
    }
    return out;
  };
  const rows = pass(data, (i) => ({ base: i - (i % width), stride: 1, at: i % width, length: width }));
  return float32(shape, pass(rows, (i) => ({ base: i % width, stride: width, at: Math.floor(i / width), length: height })));
}

/** The picture in grey with the map over it: warm where it is positive, cold where it is negative. `map` `[1,H,W,1]` in −1…1. */
export function overlay(picture: ImageValue, map: TensorData): ImageValue {
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < map.data.length; i++) {
    const [r, g, b] = [picture.data[3 * i]!, picture.data[3 * i + 1]!, picture.data[3 * i + 2]!];
    const grey = 0.299 * r + 0.587 * g + 0.114 * b;
    const value = map.data[i]!;
    const share = Math.min(1, Math.abs(value)) ** 0.7;
    const [hr, hg, hb] = value >= 0 ? [255, 176, 32] : [56, 140, 255];
    data[3 * i] = Math.round(grey * (1 - 0.75 * share) + hr * 0.75 * share);
    data[3 * i + 1] = Math.round(grey * (1 - 0.75 * share) + hg * 0.75 * share);
    data[3 * i + 2] = Math.round(grey * (1 - 0.75 * share) + hb * 0.75 * share);
  }
  return { kind: "image", width: picture.width, height: picture.height, data };
}
