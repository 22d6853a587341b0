/** A mask stays on its part of the picture while the optimiser's jitter moves the picture about, and mistakes with masks are told before anything runs. */
import { inferGraph, type GraphDocument, type Json } from "@patchbay/graph-core";
import { loadGraph, run } from "@patchbay/runtime";
import type { ImageValue, SeriesValue } from "@patchbay/runtime/node-api";
import { expect, test } from "vitest";
import { nodes } from "../index.ts";

type Drawn = readonly [id: string, type: string, params?: { [name: string]: Json }];

const draw = (drawn: readonly Drawn[], wires: readonly string[]): GraphDocument => ({
  format: "patchbay-graph", version: 1,
  nodes: drawn.map(([id, type, params = {}]) => ({ id, type, version: nodes.get(type)!.version, params, position: { x: 0, y: 0 } })),
  wires: wires.map((w) => ({ from: w.split(" -> ")[0]!, to: w.split(" -> ")[1]! })),
  interface: { inputs: ["left", "right"].filter((id) => drawn.some(([known]) => known === id)).map((id) => ({ name: id, node: id, param: "file" })), outputs: drawn.some(([id]) => id === "paint") ? [{ name: "losses", node: "paint", port: "losses" }] : [] },
});

const STYLE: { [name: string]: Json } = { statistic: "covariance", normalisation: "relative" };
/** Stripes on the left, noise on the right, 64×64; `columns` from 0 to 64 of it. */
const picture = (name: string): ImageValue => ({
  kind: "image", width: 64, height: 64, name,
  data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % 64, Math.floor(i / 192)];
    const stripes = 128 + 100 * Math.sin((Math.PI * y) / 16);
    return name === "stripes" || x < 32 ? stripes : (i * i * 7 + 31 * i) % 256;
  }),
});

test("the style of a part is met wherever the jitter puts it", async () => {
  const document = draw(
    [
      ["left", "Image"], ["right", "Image"], ["left-size", "Resize", { width: 64 }], ["right-size", "Resize", { width: 64 }], ["picture", "GeneratedImage"],
      // Two pixels from the noise and from the rim, over which the roll carries it: less than the jitter moves them.
      ["where", "Mask", { shape: "rectangle", left: 3.125, top: 12.5, width: 43.75, height: 75, feather: 0 }],
      ["style-features", "FeatureExtractor", { layers: ["c0"] }], ["features", "FeatureExtractor", { layers: ["c0"] }],
      ["masked", "StyleCost", STYLE], ["everywhere", "StyleCost", STYLE], ["mix", "StyleMix"],
      ["paint", "PixelOptimizer", { method: "gradient-descent", learningRate: 1e-6, steps: 8, jitter: 4, parametrisation: "pixels" }],
    ],
    [
      "left.image -> left-size.image", "right.image -> right-size.image", "right-size.image -> picture.content", "right-size.image -> where.image", "left-size.image -> style-features.image", "picture.image -> features.image",
      ...["masked", "everywhere"].flatMap((id) => [`style-features.activations -> ${id}.style`, `features.activations -> ${id}.generated`, `${id}.cost -> mix.costs`]),
      "where.mask -> masked.mask", "where.mask -> masked.styleMask", "mix.cost -> paint.loss",
    ],
  );
  const graph = await loadGraph(document, { nodes });
  const { outputs } = await run(graph, { inputs: { left: picture("stripes"), right: picture("stripes and noise") } });
  await graph.dispose();
  const curve = (name: string) => (outputs["losses"] as SeriesValue).curves.find((c) => c.name === name)!.values;
  expect(curve("masked")).toHaveLength(8);
  // Under the mask there are stripes alone, but for the phase that an odd offset leaves to a stride of 2.
  for (const cost of curve("masked")) expect(cost).toBeLessThan(0.001);
  for (const cost of curve("everywhere")) expect(cost).toBeGreaterThan(1);
});

const features: Drawn[] = [["p", "Pattern", { width: 96, height: 64 }], ["a", "FeatureExtractor", { layers: ["c0", "c3"] }], ["s", "StyleCost", STYLE]];
const wires = ["p.image -> a.image", "a.activations -> s.style", "a.activations -> s.generated", "m.mask -> s.mask"];
const errors = (drawn: readonly Drawn[], joined: readonly string[]) => inferGraph(draw(drawn, joined), nodes, {}).diagnostics.filter((d) => d.severity === "error").map((d) => d.message);

test("a mask of another size is told with both sizes, and one of the picture's own is not", () => {
  expect(errors([...features, ["m", "Mask", { columns: 96, rows: 64 }]], wires)).toEqual([]);
  expect(errors([...features, ["m", "Mask", { columns: 64, rows: 64 }]], wires)).toEqual(["The mask is 64×64 px, which is not the size of the generated picture: its layer “c0” has 48×32 positions. Make the mask as large as the picture."]);
  expect(errors([...features, ["m", "Mask", { columns: 94, rows: 64 }]], [...wires.slice(0, 3), "m.mask -> s.styleMask"])[0]).toMatch(/not the size of the style picture: its layer “c0”/);
});

test("a mask on what is no picture, and masks that are empty", () => {
  const bare = [["x", "Constant", { values: [1], shape: [1, 4, 3] }], ["s", "StyleCost"], ["m", "Mask"]] as const;
  expect(errors(bare, ["x.value -> s.style", "x.value -> s.generated", "m.mask -> s.mask"])).toEqual(["A mask belongs to a picture, and the layer has the shape [1,4,3] instead of [1,height,width,channels]."]);
  expect(errors([["m", "Mask", { shape: "rectangle", width: 0 }]], [])).toEqual(["The width is 0, so that nothing is white."]);
  expect(errors([["m", "Mask", { left: -60, width: 50 }]], [])).toEqual(["The box lies outside the picture, so that nothing is white."]);
  expect(errors([["m", "Mask", { shape: "brightness" }]], [])).toEqual(["A mask from brightness needs a picture on “image”."]);
});

test("as many weights as styles, and not all of them 0", () => {
  const joined = [...wires.slice(0, 3), "s.cost -> mix.costs"];
  expect(errors([...features, ["mix", "StyleMix", { weights: [1, 2] }]], joined)).toEqual(["2 weights are given for 1 style; one a style is needed, or none at all."]);
  expect(errors([...features, ["mix", "StyleMix", { weights: [0] }]], joined)).toEqual(["Every weight is 0, so that no style counts."]);
  expect(errors([...features, ["mix", "StyleMix", { weights: [0.5] }]], joined)).toEqual([]);
});

test("colours are kept place by place on one size alone", () => {
  const two: Drawn[] = [["p", "Pattern", { width: 96, height: 64 }], ["q", "Pattern", { width: 64, height: 64 }]];
  const joined = ["p.image -> keep.image", "q.image -> keep.colours"];
  expect(errors([...two, ["keep", "PreserveColour"]], joined)).toEqual(["The picture is [1,64,96,3] and the one whose colours are kept [1,64,64,3]; keeping colours place by place needs one size. Resize one of them."]);
  expect(errors([...two, ["keep", "PreserveColour", { mode: "histogram-match" }]], joined)).toEqual([]);
});
