/** Frames and volumes: there and back, and sentences for what does not fit. */
import { NodeFailure, type EvaluateContext, type ImagesValue, type RuntimeValue } from "@patchbay/runtime/node-api";
import { assert, asyncProperty, integer, uint8Array } from "fast-check";
import { expect, it } from "vitest";
import { framesToVolume } from "./frames-to-volume.ts";
import { volumeToFrames } from "./volume-to-frames.ts";

const put = async (node: typeof framesToVolume, input: RuntimeValue, params: { [name: string]: number | string }): Promise<RuntimeValue> =>
  Object.values(await node.evaluate!({ inputs: { [node.inputs[0]!.name]: input }, params } as unknown as EvaluateContext))[0]!;
const film = (sizes: readonly (readonly [number, number])[]): ImagesValue => ({ kind: "images", items: sizes.map(([width, height], i) => ({ name: `${i}.png`, image: { kind: "image", width, height, data: new Uint8Array(width * height * 3) } })) });

it("frames of any size come back as they were", () =>
  assert(asyncProperty(integer({ min: 1, max: 4 }), integer({ min: 1, max: 5 }), integer({ min: 1, max: 5 }), uint8Array({ minLength: 300, maxLength: 300 }), async (count, width, height, bytes) => {
    const size = width * height * 3;
    const images: ImagesValue = { kind: "images", items: Array.from({ length: count }, (_, i) => ({ name: String(i), image: { kind: "image", width, height, data: bytes.slice(i * size, i * size + size) } })) };
    const volume = await put(framesToVolume, images, { every: 1, most: 0 });
    const back = (await put(volumeToFrames, volume, { axis: "depth", low: 0, high: 1 })) as ImagesValue;
    expect(back.items.map(({ image }) => [...image.data])).toEqual(images.items.map(({ image }) => [...image.data]));
  })));

it("says which frames differ, and that there are none", async () => {
  await expect(put(framesToVolume, film([[2, 2], [2, 2], [3, 2]]), { every: 1, most: 0 })).rejects.toThrow("“0.png” has 2×2 pixels and “2.png” 3×2: frames of a volume have one size. Crop or resize them before.");
  await expect(put(framesToVolume, film([]), { every: 1, most: 0 })).rejects.toBeInstanceOf(NodeFailure);
});

it("a volume with two channels is no picture, and white is above black, before anything runs", () => {
  const infer = (channels: number, params: { [name: string]: number | string }) => volumeToFrames.infer!({ inputs: { volume: { kind: "tensor", dtype: "float32", shape: [1, 2, 2, 2, channels] } }, inputLists: {}, params, outputs: {}, facts: {}, node: "n" }).diagnostics?.map((d) => d.message);
  expect(infer(2, { low: 0, high: 1 })).toEqual(["Pictures have one channel or three, and the volume has 2."]);
  expect(infer(1, { low: 1, high: 1 })).toEqual(["White must be a higher value than black."]);
  expect(infer(3, { low: 0, high: 1 })).toBeUndefined();
});
