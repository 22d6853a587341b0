import type { RuntimeValue } from "@patchbay/runtime";
import { describe, expect, it } from "vitest";
import { writeNpy } from "./npy.ts";
import { toJson } from "./value-json.ts";
import { position, toCsv, valueRows } from "./value-rows.ts";

const tensor = { kind: "tensor" as const, dtype: "float32" as const, shape: [2, 1, 2], data: Float32Array.of(1, 2, 3, NaN) };

describe(".npy", () => {
  it("has a header that ends where numbers may begin, then the numbers", () => {
    const file = writeNpy(tensor);
    expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const length = file[8]! + 256 * file[9]!;
    expect((10 + length) % 64).toBe(0);
    const header = new TextDecoder().decode(file.subarray(10, 10 + length));
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 1, 2\), \} *\n$/);
    expect([...new Float32Array(file.slice(10 + length).buffer)]).toEqual([1, 2, 3, NaN]);
  });
  it("writes a vector's and a scalar's shape as Python does, and only the part of a buffer that is the tensor's", () => {
    const header = (shape: number[], data: Float32Array) => new TextDecoder().decode(writeNpy({ dtype: "float32", shape, data }));
    expect(header([3], new Float32Array(3))).toContain("'shape': (3,), ");
    expect(header([], new Float32Array(1))).toContain("'shape': (), ");
    const view = Float32Array.of(7, 8, 9).subarray(1, 2);
    const file = writeNpy({ dtype: "float32", shape: [1], data: view });
    expect(new Float32Array(file.slice(-4).buffer)[0]).toBe(8);
  });
  it("writes a picture as bytes", () => {
    const file = writeNpy({ kind: "image", width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    expect(new TextDecoder().decode(file)).toContain("'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 3)");
    expect(Array.from(file.slice(-6))).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("rows", () => {
  it("of a tensor count the axes before the last", () => {
    expect(valueRows(tensor)).toEqual({ columns: ["axis 0", "axis 1", "0", "1"], rows: [[0, 0, 1, 2], [1, 0, 3, NaN]] });
    expect(position([2, 3, 4], 17)).toEqual([1, 1, 1]);
  });
  it("of a scalar are one number", () => expect(valueRows({ kind: "tensor", dtype: "float32", shape: [], data: Float32Array.of(0.5) })).toEqual({ columns: ["value"], rows: [[0.5]] }));
  it("of a picture are none", () => expect(valueRows({ kind: "image", width: 1, height: 1, data: new Uint8Array(3) })).toBeNull());
  it("quote what would break a line of CSV", () => {
    expect(toCsv({ columns: ["a", "b,c"], rows: [["say \"hi\"", null], ["two\nlines", true]] })).toBe('a,"b,c"\r\n"say ""hi""",\r\n"two\nlines",true\r\n');
  });
});

describe("JSON", () => {
  it("nests numbers by shape and names what JSON has no number for", () => {
    expect(JSON.parse(toJson(tensor))).toEqual({ kind: "tensor", dtype: "float32", shape: [2, 1, 2], data: [[[1, 2]], [[3, "NaN"]]] });
  });
  it("nests the layers of activations, and lists encodings", () => {
    const value: RuntimeValue = { kind: "activations", network: "n", layers: [{ name: "c0", tensor: { dtype: "float32", shape: [1, 2], data: Float32Array.of(1, 2) } }] };
    expect(JSON.parse(toJson(value)).layers[0].tensor.data).toEqual([[1, 2]]);
    const gallery: RuntimeValue = { kind: "gallery", network: "n", width: 2, entries: [{ name: "Nora", encoding: Float32Array.of(1, 0.5) }] };
    expect(JSON.parse(toJson(gallery)).entries[0].encoding).toEqual([1, 0.5]);
  });
});
