import { describe, expect, it } from "vitest";
import { tensor } from "../testing/sample-registry.ts";
import { assignable, coerce } from "./assignable.ts";
import { describeTypes, formatType } from "./format-type.ts";
import { bindPattern, substitute } from "./pattern.ts";
import type { PortType } from "./port-type.ts";

const image: PortType = { kind: "image", width: 640, height: 480 };
const number: PortType = { kind: "number" };
const layers = (count: number): PortType => ({ kind: "activations", network: "vgg", layers: Array.from({ length: count }, (_, i) => ({ name: `l${i}`, shape: [1, 56, 56, 64] })) });
const reason = (from: PortType, to: PortType): string | true => {
  const result = assignable(from, to);
  return result.ok || result.reason;
};

describe("what may go where", () => {
  it.each<[string, PortType, PortType]>([
    ["a picture as an image tensor", image, tensor(["N", "H", "W", 3], "image")],
    ["a picture as a plain tensor of rank 4", image, tensor(["N", "H", "W", "C"])],
    ["an image tensor as a plain tensor", tensor([1, 8, 8, 3], "image"), tensor(["N", "H", "W", "C"])],
    ["a plain tensor where a meaning is asked for", tensor([1, 8, 8, 3]), tensor(["N", "H", "W", "C"], "activation")],
    ["one layer as a tensor", layers(1), tensor(["N", "H", "W", "C"], "activation")],
    ["a dense layer's output as an encoding", tensor([1, 128], "activation"), tensor(["N", "K"], "encoding")],
    ["a distance as something to minimise", tensor([], "distance"), tensor([], "loss")],
    ["a scalar as a number", tensor([], "loss"), number],
    ["a number as a scalar", number, tensor([], "loss")],
    ["anything to a viewer", layers(3), { kind: "any" }],
    ["a gallery of an unknown network", { kind: "gallery" }, { kind: "gallery", network: "face" }],
    ["any rank", tensor([2, 3]), tensor(null)],
    ["layers where layers are asked for", layers(5), { kind: "activations", network: "", layers: [] }],
  ])("takes %s", (_, from, to) => expect(reason(from, to)).toBe(true));

  it.each<[string, PortType, PortType]>([
    ["a Gram matrix for an encoding", tensor([64, 64], "gram"), tensor(["N", "K"], "encoding")],
    ["wrong channels", tensor([1, 10, 10, 16], "activation"), tensor(["N", "H", "W", 3])],
    ["wrong rank", tensor([1, 14, 1], "signal"), tensor(["N", "H", "W", "C"])],
    ["many layers for a tensor", layers(5), tensor(["N", "H", "W", "C"], "activation")],
    ["no layer for a tensor", layers(0), tensor(null)],
    ["a picture for an encoding", image, tensor(["N", "K"], "encoding")],
    ["a loss for a distance", tensor([], "loss"), tensor([], "distance")],
    ["another dtype", { ...tensor([]), dtype: "int32" } as PortType, tensor([])],
    ["a vector for a number", tensor([3]), number],
    ["another network", { ...tensor([1, 128], "encoding", "a") }, { ...tensor(["N", "K"], "encoding", "b") }],
    ["text for a table", { kind: "text" }, { kind: "table" }],
    ["a matrix that is not square", tensor([3, 4]), tensor(["C", "C"])],
    ["a picture of another size", image, { kind: "image", width: 150, height: 150 }],
  ])("refuses %s", (_, from, to) => expect(reason(from, to)).toMatchSnapshot());
});

describe("patterns", () => {
  it("bind letters and keep them for the node's other ports", () => {
    const first = bindPattern(tensor([1, 128], "encoding"), tensor(["N", "K"], "encoding"));
    if (!first.ok) throw new Error("no match");
    expect(Object.fromEntries(first.bindings)).toEqual({ N: 1, K: 128 });
    expect(bindPattern(tensor([1, 512]), tensor(["N", "K"]), first.bindings)).toMatchObject({ ok: false, variable: "K", needed: 128, found: 512 });
    expect(substitute(tensor(["K", "K", "M"]), first.bindings, "gram")).toEqual(tensor([128, 128, "M@gram"]));
    expect(substitute(tensor(["K", "M"]), first.bindings)).toEqual(tensor([128, "M"]));
  });

  it("take a known length over an unknown one", () => {
    expect(coerce(tensor([1, "H@p", "W@p", "C@p"]), tensor(["N", 224, 224, 3]))).toEqual(tensor([1, 224, 224, 3]));
    expect(coerce(image, tensor(["N", "H", "W", 3], "image"))).toEqual(tensor([1, 480, 640, 3], "image"));
  });

  it("want other text to match exactly", () => {
    expect(assignable(tensor(["H@p"]), tensor(["H@p"])).ok).toBe(true);
    expect(assignable(tensor(["H@p"]), tensor(["H@q"])).ok).toBe(false);
  });
});

describe("types as text", () => {
  it.each<[PortType, string]>([
    [tensor([1, 224, 224, 3], "image"), "float32 [1,224,224,3]"],
    [tensor(null), "float32 of any shape"],
    [image, "image 640×480"],
    [layers(5), "5 layers of vgg"],
    [{ kind: "gallery", network: "face" }, "gallery of face"],
    [{ kind: "decision" }, "decision"],
  ])("%o", (type, text) => expect(formatType(type)).toBe(text));

  it("joins alternatives", () => expect(describeTypes([image, { kind: "faces" }, number])).toBe("an image of 640×480, faces or a number"));
});
