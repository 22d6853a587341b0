/** Finds faces with their landmarks on one picture: the detector network, overlap removal, and the landmark network on each face. */
import { float32, type EvaluateContext, type Face, type Host, type ImageValue } from "@patchbay/runtime/node-api";
import { landmarks68, LANDMARKS_SIZE, loadLandmarks, type LandmarkSize, type LandmarkWeights } from "../networks/landmarks68/landmarks68.ts";
import { loadSsd, SSD_SIZE, ssdMobilenet, type SsdWeights } from "../networks/ssd-mobilenet/ssd-mobilenet.ts";
import { loadTiny, TINY_SIZE, tinyFaceDetector, type TinyWeights } from "../networks/tiny-face-detector/tiny-face-detector.ts";
import { sampleRegion, type Region } from "./pixels.ts";

export type DetectorNetwork = "ssd-mobilenet" | "tiny";
export type Compute = EvaluateContext["compute"];

export interface Detector {
  readonly network: DetectorNetwork;
  readonly landmarks: LandmarkSize;
  readonly ssd?: SsdWeights;
  readonly tiny?: TinyWeights;
  readonly points: LandmarkWeights;
}

export interface DetectOptions {
  readonly minScore: number;
  /** Borders under which the picture is looked at, as shares of its longer side: 0 for small faces, 1 for faces that fill it. */
  readonly margins: readonly number[];
  /** Most faces returned, the largest first. */
  readonly maxFaces: number;
  /** Two boxes that share more than this of their union are one face. */
  readonly overlap: number;
}

export async function loadDetector(host: Host, network: DetectorNetwork, landmarks: LandmarkSize): Promise<Detector> {
  const points = await loadLandmarks(host, landmarks);
  return network === "tiny" ? { network, landmarks, points, tiny: await loadTiny(host) } : { network, landmarks, points, ssd: await loadSsd(host) };
}

export interface Box extends Region {
  readonly score: number;
}

const intersectionOverUnion = (a: Region, b: Region): number => {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return w <= 0 || h <= 0 ? 0 : (w * h) / (a.width * a.height + b.width * b.height - w * h);
};

/** Non-maximum suppression: the best box stays, every box that overlaps a better one more than `overlap` goes. Best first. */
export function suppress(boxes: readonly Box[], overlap: number): Box[] {
  const kept: Box[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) if (kept.every((k) => intersectionOverUnion(k, box) <= overlap)) kept.push(box);
  return kept;
}

/**
 * Boxes with `score > minScore`, overlaps removed, best first, in pixels of the picture; they may reach over its border.
 * For each margin the picture is looked at once with a black border of that share of its longer side around it.
 */
export async function findBoxes(compute: Compute, detector: Detector, image: ImageValue, options: { minScore: number; overlap: number; margins: readonly number[] }): Promise<Box[]> {
  const size = detector.network === "tiny" ? TINY_SIZE : SSD_SIZE;
  const longer = Math.max(image.width, image.height);
  const squares = options.margins.map((margin) => ({ x: -longer * margin, y: -longer * margin, side: longer * (1 + 2 * margin) }));
  const pixels = new Float32Array(squares.length * size * size * 3);
  squares.forEach(({ x, y, side }, i) => pixels.set(sampleRegion(image, { x, y, width: side, height: side }, size, size), i * size * size * 3));
  const { boxes, scores } = await compute(`detect|${detector.network}`, { image: float32([squares.length, size, size, 3], pixels) }, (b, { image: x }) =>
    detector.tiny ? tinyFaceDetector(b, detector.tiny, x!) : ssdMobilenet(b, detector.ssd!, x!));
  const anchors = scores!.shape[1]!;
  const found: Box[] = [];
  scores!.data.forEach((score, i) => {
    if (score <= options.minScore) return;
    const square = squares[Math.floor(i / anchors)]!;
    const [top, left, bottom, right] = Array.from(boxes!.data.subarray(4 * i, 4 * i + 4), (v) => v * square.side) as [number, number, number, number];
    if (right > left && bottom > top) found.push({ x: left + square.x, y: top + square.y, width: right - left, height: bottom - top, score });
  });
  return suppress(found, options.overlap);
}

/** 68 points in pixels of the picture for each region, which is widened to a square around its middle. */
export async function findLandmarks(compute: Compute, detector: Detector, image: ImageValue, regions: readonly Region[]): Promise<[number, number][][]> {
  if (regions.length === 0) return [];
  const n = LANDMARKS_SIZE;
  const squares = regions.map((r) => {
    const side = Math.max(r.width, r.height);
    return { x: r.x + (r.width - side) / 2, y: r.y + (r.height - side) / 2, width: side, height: side };
  });
  const crops = new Float32Array(regions.length * n * n * 3);
  squares.forEach((square, i) => crops.set(sampleRegion(image, square, n, n), i * n * n * 3));
  const { points } = await compute(`landmarks|${detector.landmarks}`, { faces: float32([regions.length, n, n, 3], crops) }, (b, { faces }) => ({ points: landmarks68(b, detector.points, faces!) }));
  return squares.map(({ x, y, width }, i) =>
    Array.from({ length: 68 }, (_, k) => [x + points!.data[(i * 68 + k) * 2]! * width, y + points!.data[(i * 68 + k) * 2 + 1]! * width] as [number, number]));
}

/** The faces of one picture, the largest first, boxes cut at the picture's border. */
export async function detectFaces(compute: Compute, detector: Detector, image: ImageValue, options: DetectOptions): Promise<Face[]> {
  const boxes = (await findBoxes(compute, detector, image, options)).sort((a, b) => b.width * b.height - a.width * a.height).slice(0, options.maxFaces);
  const landmarks = await findLandmarks(compute, detector, image, boxes);
  return boxes.map((box, i) => {
    const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
    const [right, bottom] = [Math.min(image.width, box.x + box.width), Math.min(image.height, box.y + box.height)];
    return { box: { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) }, score: box.score, landmarks: landmarks[i]! };
  });
}
