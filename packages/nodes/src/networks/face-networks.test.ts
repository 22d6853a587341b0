/** Our face networks give what face-api's own implementation gives, on the same pixels (expected numbers: tests/peers/face-api-expected.mjs). */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolveBackend } from "@patchbay/runtime/backends";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { Builder, float32, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import expected from "./face-api-expected.json" with { type: "json" };
import { faceEncoder, loadFaceEncoder } from "./face-encoder/face-encoder.ts";
import { landmarks68, loadLandmarks } from "./landmarks68/landmarks68.ts";
import { loadSsd, ssdMobilenet } from "./ssd-mobilenet/ssd-mobilenet.ts";
import { loadTiny, tinyFaceDetector } from "./tiny-face-detector/tiny-face-detector.ts";

const host = createNodeHost();

async function crop({ photo, left, top, size }: { photo: string; left: number; top: number; size: number }): Promise<TensorData> {
  const { width, data } = await host.decodeImage(readFileSync(createRequire(import.meta.url).resolve(`@vladmandic/face-api/demo/${photo}`)), photo);
  const out = new Float32Array(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let i = 0; i < size * 3; i++) out[y * size * 3 + i] = data[((top + y) * width + left) * 3 + i]! / 255;
  return float32([1, size, size, 3], out);
}

async function compute(image: TensorData, build: (b: Builder, x: Value) => { [name: string]: Value }) {
  const { backend } = await resolveBackend();
  const b = new Builder();
  const run = await backend.compile(b.build(build(b, b.input("image", image))));
  const out = await run.run({ image });
  await run.dispose();
  return out;
}

const largestDifference = (got: TensorData, want: readonly number[]) => {
  expect(got.data.length).toBe(want.length);
  return Math.max(...want.map((w, i) => Math.abs(w - got.data[i]!)));
};

describe("agrees with face-api", () => {
  it("face encoder: 128 numbers to 1e-6", async () => {
    const weights = await loadFaceEncoder(host);
    const { out } = await compute(await crop(expected.crops.encoder), (b, x) => ({ out: faceEncoder(b, weights, x) }));
    expect(out!.shape).toEqual([1, 128]);
    expect(largestDifference(out!, expected.encoder)).toBeLessThan(1e-6);
  });

  it.each(["full", "tiny"] as const)("landmarks, %s: 68 points to 1e-5 of the crop", async (size) => {
    const weights = await loadLandmarks(host, size);
    const { out } = await compute(await crop(expected.crops.landmarks), (b, x) => ({ out: landmarks68(b, weights, x) }));
    expect(out!.shape).toEqual([1, 68, 2]);
    expect(largestDifference(out!, size === "full" ? expected.landmarksFull : expected.landmarksTiny)).toBeLessThan(1e-5);
  });

  it.each([["ssd", 5118, 0.1], ["tiny", 845, 0.01]] as const)("%s: all of %i boxes scored above %d", async (network, anchors, least) => {
    const [ssd, tiny] = [await loadSsd(host), await loadTiny(host)];
    const { boxes, scores } = await compute(await crop(expected.crops[network]), (b, x) => (network === "ssd" ? ssdMobilenet(b, ssd, x) : tinyFaceDetector(b, tiny, x)));
    expect([boxes!.shape, scores!.shape]).toEqual([[1, anchors, 4], [1, anchors]]);
    const want = expected[network];
    expect(want.length).toBeGreaterThanOrEqual(3);
    expect(scores!.data.filter((s) => s > least).length).toBe(want.length);
    for (const { index, score, box } of want) {
      expect(Math.abs(scores!.data[index]! - score)).toBeLessThan(1e-4);
      box.forEach((edge, i) => expect(Math.abs(boxes!.data[index * 4 + i]! - edge)).toBeLessThan(1e-4));
    }
  });
});
