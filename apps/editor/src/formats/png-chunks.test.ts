import { zlibSync } from "fflate";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32, isPng, readPngChunk, readPngText, writePngChunk, writePngText } from "./png-chunks.ts";

/** One grey pixel. */
const PIXEL = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0));
const KEY = "patchbay-graph";

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(12 + data.length);
  new DataView(bytes.buffer).setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  new DataView(bytes.buffer).setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
};
/** With a chunk before the end. */
const withChunk = (extra: Uint8Array): Uint8Array => Uint8Array.from([...PIXEL.subarray(0, -12), ...extra, ...PIXEL.subarray(-12)]);
const iTXt = (head: readonly number[], body: Uint8Array): Uint8Array => Uint8Array.from([...new TextEncoder().encode(KEY), 0, ...head, ...body]);

describe("texts in a PNG", () => {
  it("computes the checksum that PNG's own end has", () => {
    expect(crc32(new TextEncoder().encode("IEND"))).toBe(0xae426082);
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });

  it("gives back any text, and keeps every other chunk as it was", () => {
    const before = withChunk(chunk("tEXt", new TextEncoder().encode("Author\0Nora")));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (text) => {
        const png = writePngText(before, KEY, text);
        expect(readPngText(png, KEY)).toBe(text);
        expect(readPngText(png, "Author")).toBe("Nora");
        expect([...png.subarray(0, before.length - 12)]).toEqual([...before.subarray(0, -12)]);
        expect([...png.subarray(-12)]).toEqual([...PIXEL.subarray(-12)]);
      }),
      { numRuns: 60 },
    );
  });

  it("replaces the text of the same keyword instead of keeping two", () => {
    const once = writePngText(PIXEL, KEY, "one");
    expect(readPngText(writePngText(once, KEY, "two"), KEY)).toBe("two");
    expect(writePngText(once, KEY, "two").length).toBe(once.length);
  });

  it("reads what other programs write: plain and compressed, in any language", () => {
    const text = new TextEncoder().encode("Grüße");
    expect(readPngText(withChunk(chunk("iTXt", iTXt([0, 0, 100, 101, 0, 88, 0], text))), KEY)).toBe("Grüße");
    expect(readPngText(withChunk(chunk("zTXt", Uint8Array.from([...new TextEncoder().encode(KEY), 0, 0, ...zlibSync(new TextEncoder().encode("plain"))]))), KEY)).toBe("plain");
    expect(readPngText(withChunk(chunk("tEXt", Uint8Array.from([...new TextEncoder().encode(KEY), 0, 104, 105]))), KEY)).toBe("hi");
  });

  it("finds nothing in what is damaged, cut off, or no PNG", () => {
    const whole = writePngText(PIXEL, KEY, "x".repeat(500));
    const broken = whole.slice();
    broken[PIXEL.length - 12 + 40]! ^= 1;
    expect(readPngText(broken, KEY)).toBeNull();
    expect(readPngText(whole.subarray(0, -30), KEY)).toBeNull();
    expect(readPngText(whole.subarray(1), KEY)).toBeNull();
    expect(readPngText(withChunk(chunk("iTXt", iTXt([1, 9, 0, 0], zlibSync(new Uint8Array(4))))), KEY)).toBeNull();
    expect(readPngText(withChunk(chunk("iTXt", iTXt([0, 0, 0, 0], Uint8Array.of(0xff, 0xfe)))), KEY)).toBeNull();
    const endless = withChunk(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x69, 0x54, 0x58, 0x74, 0, 0, 0, 0));
    expect(readPngText(endless, KEY)).toBeNull();
    expect(() => writePngText(PIXEL.subarray(0, 20), KEY, "x")).toThrow(TypeError);
    expect(isPng(new Uint8Array(4))).toBe(false);
  });

  it("never throws, whatever is thrown at it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(400), (noise, at) => {
        const bytes = writePngText(PIXEL, KEY, "graph").slice();
        bytes.set(noise.subarray(0, Math.max(0, bytes.length - 8 - (at % bytes.length))), 8 + (at % (bytes.length - 8)));
        readPngText(bytes, KEY);
        readPngChunk(bytes, "pbZp");
      }),
    );
  });

  it("stops a bomb at its limit: 60 MB of zeros in 60 kB", () => {
    const bomb = zlibSync(new Uint8Array(60 * 2 ** 20), { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(readPngText(withChunk(chunk("iTXt", iTXt([1, 0, 0, 0], bomb))), KEY)).toBeNull();
  });

  it("carries bytes in a chunk of its own beside the text", () => {
    const data = Uint8Array.from({ length: 1000 }, (_, i) => i);
    const png = writePngChunk(writePngText(PIXEL, KEY, "graph"), "pbZp", data);
    expect([...readPngChunk(png, "pbZp")!]).toEqual([...data]);
    expect(readPngText(png, KEY)).toBe("graph");
    expect(writePngChunk(png, "pbZp", data).length).toBe(png.length);
  });
});
