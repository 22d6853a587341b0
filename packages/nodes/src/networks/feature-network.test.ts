/** Receptive fields and shapes of the networks, against published figures and a brute-force trace of which pixels a unit sees. */
import { expect, test } from "vitest";
import { findLayer, layerShape, receptiveInterval, samePadding } from "./feature-network.ts";
import { styleTrunk } from "./style-trunk.ts";
import { vgg19 } from "./vgg19.ts";

test("VGG-19's receptive fields are the known ones", () => {
  const fields = Object.fromEntries(vgg19.layers.map((l) => [l.name, [l.receptiveField, l.stride]]));
  expect(fields).toMatchObject({ conv1_1: [3, 1], pool1: [6, 2], conv2_1: [10, 2], conv3_1: [24, 4], conv4_1: [68, 8], conv5_1: [156, 16], conv5_4: [252, 16], pool5: [268, 32] });
});

test("the trunk's receptive fields follow from its strides 2,1,2,1,2,1,2,1…", () => {
  expect(styleTrunk.layers.map((l) => l.receptiveField)).toEqual([3, 7, 11, 19, 27, 43, 59, 91, 123, 155, 187, 219]);
  expect(styleTrunk.layers.map((l) => l.stride)).toEqual([2, 2, 4, 4, 8, 8, 16, 16, 16, 16, 16, 16]);
});

test("shapes hold for symbolic sizes", () => {
  expect(layerShape(styleTrunk, "c7", ["N", "H", "W"])).toEqual(["N", "ceil(H/16)", "ceil(W/16)", 512]);
  expect(layerShape(vgg19, "pool3", [1, "H", 224])).toEqual([1, "floor(H/8)", 28, 256]);
  expect(() => layerShape(styleTrunk, "c12", [1, 64, 64])).toThrow("no layer c12");
});

test.each([[styleTrunk, "c3", 37], [styleTrunk, "c4", 64], [styleTrunk, "c7", 50], [vgg19, "conv3_2", 45]] as const)("%# a unit sees exactly the pixels that a trace through every window finds", (network, name, length) => {
  const layer = findLayer(network, name)!;
  let seen: Set<number>[] = Array.from({ length }, (_, i) => new Set([i]));
  for (const { kernel, stride = 1, padding = "valid" } of layer.windows) {
    const { low, high } = padding === "same" ? samePadding(seen.length, kernel, stride) : padding === "valid" ? { low: 0, high: 0 } : { low: padding, high: padding };
    const next: Set<number>[] = [];
    for (let start = -low; start + kernel <= seen.length + high; start += stride) next.push(new Set(Array.from({ length: kernel }, (_, k) => [...(seen[start + k] ?? [])]).flat()));
    seen = next;
  }
  seen.forEach((pixels, unit) => expect(receptiveInterval(layer, unit, length)).toEqual({ start: Math.min(...pixels), end: Math.max(...pixels) + 1 }));
});
