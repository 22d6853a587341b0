import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSyntaxError } from "./find-syntax-error.ts";

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("syntax errors", () => {
  it("are found exactly where the engine's own parser finds one", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', "1", "-0.5e3", "01", "1.", "true", "nul", " ", "\n", '"\\u12', "\\", '"\t"');
    fc.assert(
      fc.property(fc.oneof(fc.array(pieces).map((list) => list.join("")), fc.json().chain((text) => fc.nat(text.length).map((n) => text.slice(0, n)))), (text) => {
        expect(findSyntaxError(text) === null).toBe(parses(text));
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findSyntaxError(text)).toBeNull();
      }),
    );
  });

  it.each([
    ['{\n  "a": 1,\n}', 3, 1, 'A name in "quotes" is missing before “}”.'],
    ['{"a" 1}', 1, 6, "A colon is missing before “1”."],
    ["[1 2]", 1, 4, "A comma or a closing bracket is missing before “2”."],
    ["[1,\n nope]", 2, 2, "“n” is not a value."],
    ['{"a": [', 1, 8, "The text ends before the graph does."],
    ["{} {}", 1, 4, "There is something after the end of the graph: “{”."],
  ])("%j", (text, line, column, message) => expect(findSyntaxError(text)).toEqual({ line, column, message }));
});
