/** What is told before anything runs: the worked shapes of the definitions, and a sentence for every mistake. */
import { inferGraph, type Diagnostic, type Facts, type GraphDocument, type Json, type PortType } from "@patchbay/graph-core";
import { describe, expect, test } from "vitest";
import { nodes } from "./index.ts";

type Drawn = readonly [id: string, type: string, params?: { [name: string]: Json }];

function check(drawn: readonly Drawn[], wires: readonly string[], facts: Facts = {}) {
  const document: GraphDocument = {
    format: "patchbay-graph", version: 1, interface: { inputs: [], outputs: [] },
    nodes: drawn.map(([id, type, params = {}], i) => ({ id, type, version: 1, params, position: { x: 200 * i, y: 0 } })),
    wires: wires.map((w) => ({ from: w.split(" -> ")[0]!, to: w.split(" -> ")[1]! })),
  };
  const { types, diagnostics } = inferGraph(document, nodes, { facts });
  return { shape: (port: string) => shapeOf(types.get(port)), type: (port: string) => types.get(port), diagnostics, errors: diagnostics.filter((d: Diagnostic) => d.severity === "error").map((d) => d.message) };
}
const shapeOf = (type: PortType | undefined) => (type?.kind === "tensor" ? type.shape : undefined);
const constant = (id: string, shape: number[]): Drawn => [id, "Constant", { values: [1], shape }];

describe("the worked convolutions", () => {
  test.each([
    ["Conv1D", [1, 14, 1], 5, 16, [1, 10, 16]], ["Conv1D", [1, 10, 16], 5, 32, [1, 6, 32]],
    ["Conv2D", [1, 14, 14, 3], 5, 16, [1, 10, 10, 16]], ["Conv2D", [1, 10, 10, 16], 5, 32, [1, 6, 6, 32]],
    ["Conv3D", [1, 14, 14, 14, 1], 5, 16, [1, 10, 10, 10, 16]], ["Conv3D", [1, 10, 10, 10, 16], 5, 32, [1, 6, 6, 6, 32]],
    ["Conv3D", [1, 32, 32, 32, 16], 3, 32, [1, 30, 30, 30, 32]],
  ] as const)("%s on %j with %i wide kernels and %i filters gives %j", (type, input, kernel, filters, expected) => {
    const { shape, diagnostics } = check([constant("x", [...input]), ["conv", type, { kernel, filters }]], ["x.value -> conv.input"]);
    expect(shape("conv.output")).toEqual(expected);
    expect(diagnostics).toEqual([]);
  });

  test("a channel mismatch names both numbers, on the wire", () => {
    const { diagnostics } = check([constant("x", [1, 14, 14, 3]), constant("w", [5, 5, 4, 16]), ["conv", "Conv2D"]], ["x.value -> conv.input", "w.value -> conv.filters"]);
    const [error] = diagnostics.filter((d) => d.severity === "error");
    expect(error).toMatchObject({ code: "channel-mismatch", node: "conv" });
    expect(error!.wire).toBeDefined();
    expect(error!.message).toMatch(/\b3\b/);
    expect(error!.message).toMatch(/\b4\b/);
  });

  test("a kernel larger than the input is an error", () => {
    expect(check([constant("x", [1, 4, 1]), ["conv", "Conv1D", { kernel: 5 }]], ["x.value -> conv.input"]).errors).toEqual(["The kernel is 5 wide, which is larger than the input's length of 4."]);
  });
});

describe("pictures and networks", () => {
  test("a picture's size flows from the file to the layers", () => {
    const { type } = check(
      [["photo", "Image", { file: "p.jpg" }], ["small", "Resize"], ["net", "FeatureExtractor", { layers: ["c0", "c7"] }]],
      ["photo.image -> small.image", "small.image -> net.image"],
      { "p.jpg": { kind: "image", width: 640, height: 480 } },
    );
    expect(type("net.activations")).toMatchObject({ network: "ssd-mobilenet-v1-trunk", layers: [{ name: "c0", shape: [1, 96, 128, 32] }, { name: "c7", shape: [1, 12, 16, 512] }] });
  });

  test("an unknown layer is answered with those that there are", () => {
    const { errors } = check([["p", "Pattern"], ["net", "FeatureExtractor", { layers: ["conv4_2"] }]], ["p.image -> net.image"]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/no layer named “conv4_2”.*c0 \(32 channels, sees 3 px\).*c11/);
  });

  test("without a file the fallback counts; with neither there is an error", () => {
    expect(check([["p", "Pattern", { width: 99, height: 33 }], ["i", "Image"]], ["p.image -> i.fallback"]).type("i.image")).toEqual({ kind: "image", width: 99, height: 33 });
    expect(check([["i", "Image"]], []).errors).toEqual(["No picture is chosen: set the file, or connect a picture to use instead."]);
    expect(check([["i", "Image", { file: "gone.png" }]], [], { "gone.png": { kind: "missing", reason: "There is no file gone.png." } }).errors).toEqual(["There is no file gone.png."]);
  });

  test("a crop that does not fit says by how much", () => {
    expect(check([["p", "Pattern", { width: 99, height: 300 }], ["c", "Crop"]], ["p.image -> c.image"]).errors).toEqual(["The rectangle ends at a width of 224 px, and the picture has a width of 99 px."]);
  });
});

describe("costs", () => {
  const two: Drawn[] = [["p", "Pattern"], ["a", "FeatureExtractor", { layers: ["c0", "c4"] }], ["b", "FeatureExtractor", { layers: ["c0"] }]];
  const pictures = ["p.image -> a.image", "p.image -> b.image"];

  test("a layer that one side lacks is named", () => {
    const { errors } = check([...two, ["s", "StyleCost"]], [...pictures, "a.activations -> s.style", "b.activations -> s.generated"]);
    expect(errors).toEqual(["The layer “c4” does not arrive on “generated”, which has c0. Add it to the feature extractor there."]);
  });

  test("several content layers ask for a name", () => {
    const { errors } = check([...two, ["c", "ContentCost"]], [...pictures, "a.activations -> c.content", "a.activations -> c.generated"]);
    expect(errors).toEqual(["Several layers arrive on “content”: c0 and c4. Name the one to compare."]);
  });

  test("two networks do not compare", () => {
    const { errors } = check([["p", "Pattern"], ["a", "FeatureExtractor", { layers: ["c4"] }], ["b", "FeatureExtractor", { network: "vgg19-random", layers: ["conv1_1"] }], ["c", "ContentCost", { layer: "" }]], [...pictures, "a.activations -> c.content", "b.activations -> c.generated"]);
    expect(errors[0]).toMatch(/ssd-mobilenet-v1-trunk|c4/);
  });

  test("as many λ as layers", () => {
    const { errors } = check([...two, ["s", "StyleCost", { layerWeights: [1, 2, 3] }]], [...pictures, "a.activations -> s.style", "a.activations -> s.generated"]);
    expect(errors).toEqual(["3 layer weights are given for 2 layers; one a layer is needed, or none at all."]);
  });

  test("Gram matrices of two sizes are warned about, and size-invariant ones are not", () => {
    const draw = (params: { [name: string]: Json }) =>
      check([["p", "Pattern"], ["q", "Pattern", { width: 100 }], ["a", "FeatureExtractor"], ["b", "FeatureExtractor"], ["s", "StyleCost", params]], ["p.image -> a.image", "q.image -> b.image", "a.activations -> s.style", "b.activations -> s.generated"]).diagnostics.map((d) => d.code);
    expect(draw({})).toEqual(["size-differs"]);
    expect(draw({ sizeInvariant: true })).toEqual([]);
    expect(draw({ statistic: "covariance", normalisation: "relative" })).toEqual([]);
  });

  test("a total of nothing, and a start without its picture", () => {
    expect(check([["t", "TotalCost"]], []).errors).toEqual(["No cost is connected: connect the content, the style or the variation cost, or several of them."]);
    expect(check([["g", "GeneratedImage"]], []).errors).toEqual(["A start from the content picture needs a picture on “content”; only noise can do without."]);
  });
});
