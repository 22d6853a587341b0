/** The byte layout is held against a file spelled out by hand, and every damaged file gets a sentence. */
import { describe, expect, it } from "vitest";
import { NodeFailure } from "../node-api/host.ts";
import type { TensorData } from "../ir/tensor.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

const file = (header: unknown, data: readonly number[] = [], length?: bigint): Uint8Array => {
  const json = typeof header === "string" ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
};

const weights: TensorData = { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, -0.5, NaN, 3e38) };
const mask: TensorData = { dtype: "bool", shape: [3], data: Uint8Array.of(1, 0, 1) };
const step: TensorData = { dtype: "int32", shape: [], data: Int32Array.of(-7) };

describe("safetensors", () => {
  it("reads what it wrote, whatever the alignment of the bytes", () => {
    const bytes = encodeSafetensors({ mask, weights, step, none: { dtype: "float32", shape: [0, 3], data: new Float32Array(0) }, __proto__x: step }, { what: "a test", é: "ü" });
    for (const shift of [0, 1, 3]) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const { tensors, metadata } = decodeSafetensors(moved.subarray(shift));
      expect(tensors).toEqual({ mask, weights, step, none: { dtype: "float32", shape: [0, 3], data: new Float32Array(0) }, __proto__x: step });
      expect(metadata).toEqual({ what: "a test", é: "ü" });
    }
    expect(encodeSafetensors({ weights, mask })).toEqual(encodeSafetensors({ mask, weights }));
  });

  it("writes the layout of the format", () => {
    const bytes = encodeSafetensors({ a: { dtype: "bool", shape: [1], data: Uint8Array.of(1) }, b: { dtype: "float32", shape: [1], data: Float32Array.of(1) } });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd()).toBe('{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"BOOL","shape":[1],"data_offsets":[4,5]}}');
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f, 1]);
  });

  it("reads the other widths of numbers as ours", () => {
    // 1.5 and -2⁻²⁴ (the smallest half), 1.5 as bfloat16, -2 as float64, 5 as int64.
    const data = [0x00, 0x3e, 0x01, 0x80, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0, 5, 0, 0, 0, 0, 0, 0, 0];
    const { tensors } = decodeSafetensors(file({ h: { dtype: "F16", shape: [2], data_offsets: [0, 4] }, b: { dtype: "BF16", shape: [1], data_offsets: [4, 6] }, d: { dtype: "F64", shape: [1], data_offsets: [6, 14] }, i: { dtype: "I64", shape: [1], data_offsets: [14, 22] } }, data));
    expect([...tensors.h!.data]).toEqual([1.5, -(2 ** -24)]);
    expect([...tensors.b!.data]).toEqual([1.5]);
    expect([...tensors.d!.data]).toEqual([-2]);
    expect([tensors.i!.dtype, ...tensors.i!.data]).toEqual(["int32", 5]);
  });

  const entry = (shape: unknown, offsets: unknown, dtype: unknown = "F32") => ({ dtype, shape, data_offsets: offsets });
  it.each<[string, Uint8Array, RegExp]>([
    ["empty", new Uint8Array(0), /0 bytes/],
    ["a header longer than the file", file("{}", [], 500n), /ends within/],
    ["a header of exabytes", file("{}", [], 2n ** 63n), /bytes long/],
    ["no JSON", file('{"a":'), /not JSON/],
    ["no object", file("[1]"), /begin/],
    ["broken UTF-8", file("{}").map((v, i) => (i === 9 ? 0xff : v)), /not JSON/],
    ["numbers beyond the end", file({ a: entry([2], [0, 8]) }, [0, 0, 0, 0]), /needs 8 bytes/],
    ["a giant tensor", file({ a: entry([2 ** 40, 2 ** 12], [0, 4]) }, [0, 0, 0, 0]), /needs/],
    ["negative lengths", file({ a: entry([-1], [0, 4]) }, [0, 0, 0, 0]), /shape/],
    ["fractions", file({ a: entry([0.5], [0, 2]) }, [0, 0]), /shape/],
    ["offsets backwards", file({ a: entry([1], [4, 0]) }, [0, 0, 0, 0]), /needs 4/],
    ["overlapping tensors", file({ a: entry([1], [0, 4]), b: entry([1], [0, 4]) }, [0, 0, 0, 0]), /begins/],
    ["gaps", file({ a: entry([1], [4, 8]) }, [0, 0, 0, 0, 0, 0, 0, 0]), /begins/],
    ["bytes that nobody named", file({ a: entry([1], [0, 4]) }, [0, 0, 0, 0, 9]), /speaks of 4/],
    ["an unknown dtype", file({ a: entry([1], [0, 1], "F8_E4M3") }, [0]), /F8_E4M3/],
    ["a dtype of the prototype", file({ a: entry([1], [0, 1], "constructor") }, [0]), /constructor/],
    ["metadata that is no text", file({ __metadata__: { a: 1 } }), /__metadata__/],
    ["wide integers", file({ a: entry([1], [0, 8], "I64") }, [0, 0, 0, 0, 1, 0, 0, 0]), /32 bits/],
    ["truth values of 2", file({ a: entry([1], [0, 1], "BOOL") }, [2]), /truth/],
  ])("refuses %s", (_what, bytes, sentence) => {
    const error = (() => { try { return decodeSafetensors(bytes); } catch (e) { return e; } })();
    expect(error).toBeInstanceOf(NodeFailure);
    expect((error as NodeFailure).message).toMatch(sentence);
  });

  it("gives a sentence or the tensors for every bit that is flipped and every length that is cut", () => {
    const bytes = encodeSafetensors({ mask, weights, step }, { a: "b" });
    const attempt = (damaged: Uint8Array) => {
      try {
        decodeSafetensors(damaged);
      } catch (e) {
        expect(e).toBeInstanceOf(NodeFailure);
      }
    };
    for (let i = 0; i < bytes.length * 8; i++) attempt(bytes.map((v, at) => (at === i >> 3 ? v ^ (1 << (i & 7)) : v)));
    for (let n = 0; n < bytes.length; n++) expect(() => decodeSafetensors(bytes.subarray(0, n))).toThrow(NodeFailure);
  });
});
