/** Where a face must lie on the chip that the encoder sees: dlib's mean face, and the similarity transform that takes a face there. */
import type { Similarity } from "./pixels.ts";

type Point = readonly [number, number];

/**
 * dlib's mean face: landmarks 17…67 (all but the jaw) as shares of the face's square, from `get_face_chip_details` in
 * https://github.com/davisking/dlib, dlib/image_transforms/interpolation.h.
 */
const MEAN_X = [
  0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004,
  0.490127, 0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373,
  0.121737, 0.187122, 0.265825, 0.334606, 0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335,
  0.254149, 0.340985, 0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127, 0.423532, 0.338094,
  0.290379, 0.428096, 0.490127, 0.552157, 0.689874, 0.553364, 0.490127, 0.42689,
];
const MEAN_Y = [
  0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454,
  0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326,
  0.216423, 0.178758, 0.179852, 0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099,
  0.780233, 0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192, 0.909281, 0.902192, 0.864805,
  0.784792, 0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803, 0.824182,
];
const FIRST = 17;

/**
 * The landmarks that are matched, as dlib does: nose, eyes and upper lip. Brows and the lower lip move with the expression,
 * the jaw with the pose.
 */
export const ANCHORS: readonly number[] = Array.from({ length: 68 }, (_, i) => i).filter((i) => i >= 27 && !(i >= 55 && i <= 59) && i < 65);

/** Landmark `i` (17…67) on a chip of `size` pixels with `padding` (a share of the face) around the face. */
export const onChip = (i: number, size: number, padding: number): Point => [
  (size * (padding + MEAN_X[i - FIRST]!)) / (2 * padding + 1),
  (size * (padding + MEAN_Y[i - FIRST]!)) / (2 * padding + 1),
];

/** The similarity transform with the least sum of squared distances from `from[i]` moved to `to[i]`. At least two distinct points. */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const centre = (points: readonly Point[]): Point => [points.reduce((s, p) => s + p[0], 0) / points.length, points.reduce((s, p) => s + p[1], 0) / points.length];
  const [fx, fy] = centre(from);
  const [gx, gy] = centre(to);
  let [dot, cross, norm] = [0, 0, 0];
  from.forEach(([x, y], i) => {
    const [u, v] = [x - fx, y - fy];
    const [p, q] = [to[i]![0] - gx, to[i]![1] - gy];
    dot += u * p + v * q;
    cross += u * q - v * p;
    norm += u * u + v * v;
  });
  const [a, b] = [dot / norm, cross / norm];
  return { a, b, tx: gx - a * fx + b * fy, ty: gy - b * fx - a * fy };
}

/** From chip coordinates to the picture's, for a face with these 68 landmarks. */
export function chipTransform(landmarks: readonly Point[], size: number, padding: number, anchors: readonly number[] = ANCHORS): Similarity {
  return fitSimilarity(anchors.map((i) => onChip(i, size, padding)), anchors.map((i) => landmarks[i]!));
}
