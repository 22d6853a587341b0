import { describe, expect, it } from "vitest";
import { sampleRegistry } from "../testing/sample-registry.ts";
import type { Json } from "../document/document.ts";
import { checkParams } from "./check-params.ts";
import type { ParamSpec } from "./param.ts";
import { paramValues, visibleParams } from "./param-values.ts";
import { createRegistry } from "./registry.ts";

const threshold = sampleRegistry.get("Threshold")!;
const base = { title: "P", help: "", name: "p" };
const SPECS: ParamSpec[] = [
  { ...base, kind: "number", default: 1, min: 0, max: 10, unit: "px" },
  { ...base, kind: "number", default: 1, integer: true, min: 1 },
  { ...base, kind: "choice", default: "a", choices: [{ value: "a", title: "A" }, { value: "b", title: "B" }] },
  { ...base, kind: "boolean", default: false },
  { ...base, kind: "text", default: "" },
  { ...base, kind: "file", default: "", accept: "image" },
  { ...base, kind: "layers", default: [] },
  { ...base, kind: "numbers", default: [1], min: 0 },
];
const [NUMBER, INTEGER, CHOICE, BOOLEAN, TEXT, FILE, LAYERS, NUMBERS] = SPECS as [ParamSpec, ParamSpec, ParamSpec, ParamSpec, ParamSpec, ParamSpec, ParamSpec, ParamSpec];

describe("parameters", () => {
  it("have their defaults where the document says nothing", () => {
    expect(paramValues({ params: { threshold: 0.4, nonsense: 1 } }, threshold)).toEqual({ threshold: 0.4, explain: false, label: "" });
    // A name of Object.prototype is no value.
    expect(paramValues({ params: {} }, { params: [{ ...base, name: "toString", kind: "text", default: "x" }] })).toEqual({ toString: "x" });
  });

  it("are shown, and checked, when what they depend on says so", () => {
    expect(visibleParams(threshold, paramValues({ params: {} }, threshold)).map((p) => p.name)).toEqual(["threshold", "explain"]);
    expect(visibleParams(threshold, paramValues({ params: { explain: true } }, threshold)).map((p) => p.name)).toContain("label");
    expect(checkParams({ label: 5 }, threshold).diagnostics).toEqual([]);
    expect(checkParams({ label: 5, explain: true }, threshold).diagnostics.map((d) => d.param)).toEqual(["label"]);
  });

  it.each<[string, ParamSpec, Json, Json]>([
    ["below the range", NUMBER, -1, 0],
    ["above the range", NUMBER, 11, 10],
    ["not a number", NUMBER, "5", 1],
    ["not finite", NUMBER, NaN, 1],
    ["not whole", INTEGER, 2.6, 3],
    ["not whole and out of range", INTEGER, -0.4, 1],
    ["no choice", CHOICE, "c", "a"],
    ["not a flag", BOOLEAN, 1, false],
    ["not text", TEXT, null, ""],
    ["not a path", FILE, ["a"], ""],
    ["not layer names", LAYERS, [1], []],
    ["a layer twice", LAYERS, ["a", "a"], ["a"]],
    ["not a list", NUMBERS, 3, [1]],
    ["text among numbers", NUMBERS, [[1, "x"]], [1]],
    ["a number of a list out of range", NUMBERS, [[1, -1]], [1]],
  ])("%s: reported, and a usable value given instead", (_, spec, value, instead) => {
    const { values, diagnostics } = checkParams({ p: value }, { title: "Node", params: [spec] });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]!.message).toMatchSnapshot();
    expect(values).toEqual({ p: instead });
  });

  it.each<[ParamSpec, Json]>([[NUMBER, 10], [INTEGER, 5], [CHOICE, "b"], [BOOLEAN, true], [TEXT, "x"], [FILE, "npm:a/b"], [LAYERS, ["a", "b"]], [NUMBERS, [[1, 2], [3]]]])("%o takes %j", (spec, value) => {
    expect(checkParams({ p: value }, { title: "Node", params: [spec] })).toEqual({ values: { p: value }, diagnostics: [] });
  });

  it("suggests the name that was meant", () => {
    expect(checkParams({ treshold: 1 }, threshold).diagnostics).toMatchObject([{ code: "unknown-param", param: "treshold", message: "Threshold has no parameter “treshold”; did you mean “threshold”?" }]);
  });
});

describe("a registry", () => {
  it("throws on what only a programmer can get wrong", () => {
    expect(() => createRegistry([threshold, threshold])).toThrow('"Threshold" is declared twice');
    expect(() => createRegistry([{ ...threshold, inputs: [...threshold.inputs, ...threshold.inputs] }])).toThrow('input ports of "Threshold" are named "distance"');
    expect(() => createRegistry([{ ...threshold, params: [...threshold.params, ...threshold.params] }])).toThrow("parameters");
  });

  it("finds types by name, and nothing by the names objects have", () => {
    expect(sampleRegistry.get("Threshold")).toBe(threshold);
    expect(sampleRegistry.get("constructor")).toBeUndefined();
  });
});
