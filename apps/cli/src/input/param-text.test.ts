/** Texts of the command line as parameter values. */
import type { ParamSpec } from "@patchbay/graph-core";
import { describe, expect, it } from "vitest";
import { parseParam } from "./param-text.ts";
import { collectPair, wholeNumber } from "./pairs.ts";

const base = { name: "p", title: "Param", help: "" };
const specs = {
  number: { ...base, kind: "number", default: 0 },
  boolean: { ...base, kind: "boolean", default: false },
  choice: { ...base, kind: "choice", default: "a", choices: [{ value: "a", title: "A" }, { value: "b", title: "B" }] },
  text: { ...base, kind: "text", default: "" },
  layers: { ...base, kind: "layers", default: [] },
  numbers: { ...base, kind: "numbers", default: [] },
} satisfies { [kind: string]: ParamSpec };

describe("parseParam", () => {
  it.each([
    ["number", "0.5", 0.5], ["number", "-1e-3", -0.001], ["number", "0x10", 16],
    ["boolean", "true", true], ["boolean", "No", false], ["boolean", "0", false],
    ["choice", "b", "b"], ["text", " as it is=", " as it is="], ["text", "", ""],
    ["layers", "c0, c1,c3", ["c0", "c1", "c3"]], ["layers", '["a,b"]', ["a,b"]], ["layers", "", []],
    ["numbers", "1,2.5,-3", [1, 2.5, -3]], ["numbers", "[[1,2],[3,4]]", [[1, 2], [3, 4]]], ["numbers", "7", [7]],
  ] as const)("reads %s %j", (kind, text, value) => {
    expect(parseParam(specs[kind], text)).toEqual({ value });
  });
  it.each([
    ["number", ""], ["number", "half"], ["number", "1e999"], ["number", "NaN"], ["boolean", "maybe"], ["choice", "c"],
    ["layers", "[1]"], ["layers", "[oops"], ["numbers", "1,,2"], ["numbers", "[1,\"2\"]"], ["numbers", "[1e999]"], ["numbers", "[null]"],
  ] as const)("says why %s %j is none", (kind, text) => {
    expect(parseParam(specs[kind], text)).toEqual({ problem: expect.stringContaining(`"${text}"`) as string });
  });
});

describe("pairs and whole numbers", () => {
  it("splits at the first =", () => {
    const collect = collectPair("--input", "NAME=PATH");
    expect(collect("a=b=c", collect("x=", undefined))).toEqual([{ name: "x", value: "", option: "--input" }, { name: "a", value: "b=c", option: "--input" }]);
    for (const text of ["a", "=b", ""]) expect(() => collect(text, undefined)).toThrow(/--input is given as NAME=PATH/);
  });
  it("takes whole numbers within bounds", () => {
    expect(wholeNumber("--seed", 0)("0")).toBe(0);
    for (const text of ["-1", "1.5", "", "1e3", "99999999999999999999"]) expect(() => wholeNumber("--seed", 0)(text)).toThrow(/--seed takes a whole number/);
    expect(() => wholeNumber("--threads", 1, 8)("9")).toThrow(/at most 8/);
  });
});
