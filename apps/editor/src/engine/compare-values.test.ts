import { tensorValue } from "@patchbay/runtime";
import { describe, expect, it } from "vitest";
import { compareValues } from "./compare-values.ts";

const tensor = (...numbers: number[]) => tensorValue({ dtype: "float32", shape: [numbers.length], data: Float32Array.from(numbers) });

describe("comparing two values", () => {
  it("gives the largest and the mean difference and where the largest is", () => {
    expect(compareValues("out", tensor(1, 2, 3, 4), tensor(1, 2.5, 1, 4))).toEqual({ port: "out", largest: 2, mean: 0.625, at: { index: 2, a: 3, b: 1 } });
    expect(compareValues("out", tensor(1, NaN), tensor(1, NaN))).toEqual({ port: "out", largest: 0, mean: 0 });
  });

  it("tells numbers that are finite on one side alone", () => {
    expect(compareValues("out", tensor(1, NaN, 9), tensor(1, 2, 3))).toMatchObject({ largest: Infinity, at: { index: 1, b: 2 }, note: "1 number is finite on one backend alone." });
  });

  it("looks into decisions, and says where there is nothing to compare", () => {
    const decision = (distance: number) => ({ kind: "decision", same: true, distance, threshold: 0.6, margin: 0.6 - distance }) as const;
    expect(compareValues("decision", decision(0.4), decision(0.5)).largest).toBeCloseTo(0.1, 12);
    expect(compareValues("text", { kind: "text", text: "a" }, { kind: "text", text: "b" })).toMatchObject({ largest: NaN, note: "This value holds no numbers to compare." });
    expect(compareValues("out", tensor(1), tensor(1, 2)).note).toBe("One backend gave 1 numbers, the other 2.");
    expect(compareValues("out", tensor(1), undefined).note).toBe("The second backend gave no value.");
    expect(compareValues("out", undefined, undefined).note).toBe("Neither backend gave a value.");
  });
});
