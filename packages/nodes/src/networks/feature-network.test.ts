/** Receptive fields and shapes of the networks, against published figures and a brute-force trace of which pixels a unit sees. */
import { resolveBackend } from "@patchbay/runtime/backends";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { Builder, float32 } from "@patchbay/runtime/node-api";
import { expect, test } from "vitest";
import { findLayer, layerShape, receptiveInterval, samePadding } from "./feature-network.ts";
import { inceptionV3 } from "./inception-v3.ts";
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

test("InceptionV3's follow from its stem and the 5×5 branch of each block", () => {
  const fields = Object.fromEntries(inceptionV3.layers.map((l) => [l.name, [l.receptiveField, l.stride]]));
  expect(fields).toEqual({ activation_1: [3, 2], activation_2: [7, 2], activation_3: [11, 2], activation_4: [15, 4], activation_5: [23, 4], mixed0: [63, 8], mixed1: [95, 8], mixed2: [127, 8] });
});

test.each([[inceptionV3, ["activation_3", "activation_5", "mixed0", "mixed1"], 75], [styleTrunk, ["c3", "c4"], 64]] as const)("%# the computed units of a whole network change with exactly the columns that they see", async (network, names, width) => {
  const host = createNodeHost();
  const weights = network.load(await Promise.all(network.assets.map((asset) => host.readAsset(asset))), names);
  const height = 32;
  // One plain picture, and one more for each column, in which that column is another.
  const size = height * width * 3;
  const batch = Float32Array.from({ length: (width + 1) * size }, (_, i) => {
    const [picture, column] = [Math.floor(i / size), Math.floor((i % (width * 3)) / 3)];
    return 0.5 + 0.3 * Math.sin((i % size) * 12.9898) + (picture === column + 1 ? Math.cos(i * 78.233) : 0);
  });
  const image = float32([width + 1, height, width, 3], batch);
  const b = new Builder();
  const { backend } = await resolveBackend();
  const compiled = await backend.compile(b.build(Object.fromEntries(network.build(b, weights, b.input("image", image), names))));
  const computed = await compiled.run({ image });
  await compiled.dispose();
  for (const name of names) {
    const { data, shape } = computed[name]!;
    const [, rows, units, channels] = shape as readonly number[] as readonly [number, number, number, number];
    const layer = findLayer(network, name)!;
    for (let unit = 0; unit < units; unit++) {
      const seen = Array.from({ length: width }, (_, column) => column).filter((column) => {
        for (let row = 0; row < rows; row++)
          for (let c = 0; c < channels; c++) if (data[((column + 1) * rows + row) * units * channels + unit * channels + c] !== data[row * units * channels + unit * channels + c]) return true;
        return false;
      });
      expect({ start: seen[0], end: seen.at(-1)! + 1 }, `${name}, unit ${unit}`).toEqual(receptiveInterval(layer, unit, width));
    }
  }
});

test("shapes hold for symbolic sizes", () => {
  expect(layerShape(styleTrunk, "c7", ["N", "H", "W"])).toEqual(["N", "ceil(H/16)", "ceil(W/16)", 512]);
  expect(layerShape(vgg19, "pool3", [1, "H", 224])).toEqual([1, "floor(H/8)", 28, 256]);
  expect(() => layerShape(styleTrunk, "c12", [1, 64, 64])).toThrow("no layer c12");
});

test.each([[styleTrunk, "c3", 37], [styleTrunk, "c4", 64], [styleTrunk, "c7", 50], [inceptionV3, "mixed1", 61], [vgg19, "conv3_2", 45]] as const)("%# a unit sees exactly the pixels that a trace through every window finds", (network, name, length) => {
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
