/** Real photos through real networks: where the faces are, how chips lie, and who is who on face-api's demo pictures. */
import { resolveBackend } from "@patchbay/runtime/backends";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { Builder, float32, type EvaluateContext, type Face, type ImageValue } from "@patchbay/runtime/node-api";
import type { Executable } from "../../../runtime/src/backends/backend.ts";
import { describe, expect, it } from "vitest";
import { faceEncoder, loadFaceEncoder } from "../networks/face-encoder/face-encoder.ts";
import { ANCHORS, chipTransform, onChip } from "./alignment.ts";
import { detectFaces, loadDetector } from "./detect.ts";
import { distanceBetween } from "./metrics.ts";
import { sampleChip, sampleRegion } from "./pixels.ts";

const host = createNodeHost();
const compiled = new Map<string, Promise<Executable>>();
const compute: EvaluateContext["compute"] = async (key, inputs, build) => {
  const full = key + Object.values(inputs).map((t) => t.shape).join("|");
  if (!compiled.has(full)) {
    const b = new Builder();
    const program = b.build(build(b, Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, b.input(name, t)]))));
    compiled.set(full, resolveBackend().then(({ backend }) => backend.compile(program)));
  }
  return (await compiled.get(full)!).run(inputs);
};
const photo = async (n: number): Promise<ImageValue> => {
  const name = `@vladmandic/face-api/demo/sample${n}.jpg`;
  return host.decodeImage(await host.readAsset(name), name);
};
const OPTIONS = { minScore: 0.5, overlap: 0.4, maxFaces: 100, margins: [0, 1] };
const centre = ({ box }: Face) => [box.x + box.width / 2, box.y + box.height / 2] as const;

/** Middles of the faces as seen by eye, largest first is not asked here. */
const BY_EYE: { readonly [n: number]: readonly (readonly [number, number])[] } = {
  1: [[500, 475], [930, 530], [1575, 315]],
  3: [[685, 465], [1195, 360], [1595, 430]],
  4: [[335, 310], [755, 180], [1070, 295], [1350, 260]],
  5: [[460, 1010], [680, 540], [865, 215], [1190, 315], [1490, 525]],
  6: [[355, 610], [760, 470], [1285, 460], [1590, 410]],
};

describe("on face-api's demo pictures", () => {
  it.each(Object.entries(BY_EYE))("finds every face of sample%s and no other", async (n, wanted) => {
    const faces = await detectFaces(compute, await loadDetector(host, "ssd-mobilenet", "full"), await photo(Number(n)), OPTIONS);
    expect(faces.length).toBe(wanted.length);
    for (const [x, y] of wanted) expect(faces.filter((f) => Math.hypot(centre(f)[0] - x, centre(f)[1] - y) < 60).length, `near ${x},${y}`).toBe(1);
    const areas = faces.map(({ box }) => box.width * box.height);
    for (const { box, landmarks } of faces) {
      expect(landmarks.length).toBe(68);
      const [eyes, mouth] = [36, 48].map((from) => landmarks.slice(from, from + 12).reduce((s, p) => s + p[1], 0) / 12) as [number, number];
      expect(mouth).toBeGreaterThan(eyes);
      for (const [x, y] of landmarks) expect(x > box.x - box.width && x < box.x + 2 * box.width && y > box.y - box.height && y < box.y + 2 * box.height).toBe(true);
    }
    expect(areas[0]).toBeGreaterThan(0.8 * Math.max(...areas)); // cut at the border, the order may differ a little
  });

  it("is surer of a face that fills the picture with a border around it, and finds it at the same place", async () => {
    const whole = await photo(1);
    const detector = await loadDetector(host, "ssd-mobilenet", "full");
    const [largest] = await detectFaces(compute, detector, whole, OPTIONS);
    const { box } = largest!;
    const pixels = sampleRegion(whole, { x: box.x + 20, y: box.y + 20, width: 160, height: 190 }, 160, 190);
    const close: ImageValue = { kind: "image", width: 160, height: 190, data: Uint8Array.from(pixels, (v) => Math.round(v * 255)) };
    const [bare] = await detectFaces(compute, detector, close, { ...OPTIONS, margins: [0] });
    const [found, second] = await detectFaces(compute, detector, close, OPTIONS);
    expect(second).toBeUndefined();
    expect(found!.score).toBeGreaterThan((bare?.score ?? 0) + 0.1);
    const apart = ANCHORS.map((i) => Math.hypot(found!.landmarks[i]![0] + box.x + 20 - largest!.landmarks[i]![0], found!.landmarks[i]![1] + box.y + 20 - largest!.landmarks[i]![1]));
    // The chin is cut off, so the landmarks are less exact: within a tenth of the face.
    expect(apart.reduce((s, d) => s + d, 0) / apart.length).toBeLessThan(20);
  });

  it("the tiny networks find most of them", async () => {
    const detector = await loadDetector(host, "tiny", "tiny");
    let found = 0;
    for (const [n, wanted] of Object.entries(BY_EYE)) {
      const faces = await detectFaces(compute, detector, await photo(Number(n)), OPTIONS);
      found += wanted.filter(([x, y]) => faces.some((f) => Math.hypot(centre(f)[0] - x, centre(f)[1] - y) < 80)).length;
    }
    expect(found).toBeGreaterThanOrEqual(13); // of 19
  });

  it("one woman on two photos is near, the others are farther", async () => {
    const detector = await loadDetector(host, "ssd-mobilenet", "full");
    const weights = await loadFaceEncoder(host);
    const encode = async (n: number) => {
      const image = await photo(n);
      const faces = await detectFaces(compute, detector, image, OPTIONS);
      return Promise.all(faces.map(async ({ landmarks }) => {
        const chip = float32([1, 150, 150, 3], sampleChip(image, chipTransform(landmarks, 150, 0.25), 150));
        return (await compute("encode", { chip }, (b, { chip: x }) => ({ out: faceEncoder(b, weights, x!) })))["out"]!.data;
      }));
    };
    const [[her], there, others] = [await encode(1), await encode(3), await encode(6)];
    const distances = there.map((e) => distanceBetween("euclidean", her!, e));
    expect(distances[0]).toBeLessThan(0.5); // the largest face of sample3
    for (const e of others) expect(distanceBetween("euclidean", her!, e)).toBeGreaterThan(0.6);
  });
});

it("a face that is turned, scaled and shifted comes back onto the mean face", () => {
  const turn = 0.4;
  const moved = Array.from({ length: 68 }, (_, i) => {
    const [x, y] = i < 17 ? [0, 0] : onChip(i, 150, 0.25);
    return [3 * (Math.cos(turn) * x - Math.sin(turn) * y) + 100, 3 * (Math.sin(turn) * x + Math.cos(turn) * y) - 50] as const;
  });
  const { a, b, tx, ty } = chipTransform(moved, 150, 0.25);
  expect([a, b, tx, ty].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([3 * Math.cos(turn), 3 * Math.sin(turn), 100, -50].map((v) => Math.round(v * 1e6) / 1e6));
  expect(onChip(36, 150, 0.25)).toEqual([expect.closeTo((150 * 0.371737) / 1.5, 4), expect.closeTo((150 * 0.466423) / 1.5, 4)]);
});
