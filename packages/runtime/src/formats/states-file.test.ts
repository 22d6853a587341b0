import { describe, expect, it } from "vitest";
import { encodeSafetensors } from "./safetensors.ts";
import { decodeStates, encodeStates, type States } from "./states-file.ts";

const floats = (...values: number[]) => ({ dtype: "float32" as const, shape: [values.length], data: Float32Array.from(values) });

const states: States = {
  paint: { step: 3, carried: { params: floats(1, 2), "state.m": floats(0.1, -7) }, losses: { total: [3, 2.5, 0.1], "a/b": [1, 1, 1] }, octave: { index: 1, began: 2, start: { ...floats(1, 2, 3), shape: [1, 1, 1, 3] } }, tiles: { done: 4, sums: { total: [0.25] } } },
  "group/inner": { step: 0, carried: {}, losses: {} },
};

describe("a file of states", () => {
  it("gives back what was put in", () => {
    expect(decodeStates(encodeStates(states))).toEqual(states);
    expect(decodeStates(encodeStates({}))).toEqual({});
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["weights", encodeSafetensors({ w: floats(1) }), /no states/],
    ["a newer version", encodeSafetensors({}, { format: "patchbay-states", version: "2", states: "{}" }), /version 2/],
    ["broken JSON", encodeSafetensors({}, { format: "patchbay-states", version: "1", states: "{" }), /not JSON/],
    ["a list", encodeSafetensors({}, { format: "patchbay-states", version: "1", states: "[]" }), /by node/],
    ["a tensor that is missing", encodeSafetensors({}, { format: "patchbay-states", version: "1", states: '{"a":{"carried":{"tensor":"x"}}}' }), /“x”/],
    ["endless nesting", encodeSafetensors({}, { format: "patchbay-states", version: "1", states: `{"a":${'{"b":'.repeat(100)}1${"}".repeat(100)}}` }), /deeply/],
  ])("refuses %s", (_what, bytes, sentence) => expect(() => decodeStates(bytes)).toThrow(sentence));
});
