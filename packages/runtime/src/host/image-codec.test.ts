/** Decoding judged on generated pictures: orientation, colour models, damage, size limits, and other formats in disguise. */
import * as fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { NodeFailure } from "../node-api/host.ts";
import { decodeImage, encodeImage } from "./image-codec.ts";
import { readSize } from "./image-limits.ts";
import { imageSize } from "./image-header.ts";

const W = 48;
const H = 32;
/** Four flat quarters, so that every orientation looks different and JPEG keeps the colours. */
const corners = [[230, 20, 20], [20, 200, 20], [20, 20, 220], [240, 240, 30]] as const;
const quarters = Buffer.alloc(W * H * 3);
for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) quarters.set(corners[(y < H / 2 ? 0 : 2) + (x < W / 2 ? 0 : 1)]!, (y * W + x) * 3);
const picture = () => sharp(quarters, { raw: { width: W, height: H, channels: 3 } });

/** Top left, top right, bottom left, bottom right as indices into `corners`. */
function layout(image: { width: number; height: number; data: Uint8Array }): number[] {
  const at = (x: number, y: number) => {
    const i = (Math.floor(y * image.height) * image.width + Math.floor(x * image.width)) * 3;
    const errors = corners.map((c) => Math.abs(c[0] - image.data[i]!) + Math.abs(c[1] - image.data[i + 1]!) + Math.abs(c[2] - image.data[i + 2]!));
    return errors.indexOf(Math.min(...errors));
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}
const failure = async (bytes: Uint8Array, name = "photo.jpg"): Promise<NodeFailure> => {
  const error = await decodeImage(bytes, name).then(() => undefined, (e: unknown) => e);
  expect(error).toBeInstanceOf(NodeFailure);
  return error as NodeFailure;
};

describe("EXIF orientation", () => {
  // Where the quarters land when the viewer turns the stored picture upright, from the EXIF 2.3 table of TIFF tag 0x0112.
  const upright: { [orientation: number]: number[] } = { 1: [0, 1, 2, 3], 2: [1, 0, 3, 2], 3: [3, 2, 1, 0], 4: [2, 3, 0, 1], 5: [0, 2, 1, 3], 6: [2, 0, 3, 1], 7: [3, 1, 2, 0], 8: [1, 3, 0, 2] };
  const cases = (["jpeg", "png", "webp"] as const).flatMap((format) => Object.keys(upright).map((o) => [format, Number(o)] as const));
  it.each(cases)("%s with orientation %i stands upright, and its header says so", async (format, orientation) => {
    const bytes = await picture().withMetadata({ orientation })[format]({ quality: 95 }).toBuffer();
    const image = await decodeImage(bytes, "p");
    expect(layout(image)).toEqual(upright[orientation]);
    expect(imageSize(bytes)).toEqual({ format, width: image.width, height: image.height });
    expect(image.width).toBe(orientation >= 5 ? H : W);
    expect(image.data.length).toBe(W * H * 3);
  });
});

describe("colour", () => {
  const flat = (channels: 3 | 4, alpha = 1) => sharp({ create: { width: 8, height: 8, channels, background: { r: 200, g: 30, b: 60, alpha } } });
  const first = async (bytes: Uint8Array) => {
    const image = await decodeImage(bytes, "p");
    expect(image.data.length).toBe(image.width * image.height * 3);
    return [...image.data.subarray(0, 3)];
  };
  it("brings grey, 16-bit and CMYK to 8-bit RGB", async () => {
    const grey = await first(await flat(3).toColourspace("b-w").png().toBuffer());
    expect(grey[0]).toBe(grey[1]);
    expect(grey[1]).toBe(grey[2]);
    expect(await first(await flat(3).toColourspace("grey16").png().toBuffer())).toEqual(grey);
    expect(await first(await flat(3).toColourspace("rgb16").png().toBuffer())).toEqual([200, 30, 60]);
    expect(await first(await flat(3).png({ palette: true }).toBuffer())).toEqual([200, 30, 60]);
    const cmyk = await first(await flat(3).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer());
    [200, 30, 60].forEach((v, i) => expect(Math.abs(cmyk[i]! - v)).toBeLessThan(32)); // The press's gamut is smaller.
  });
  it("brings a wide-gamut profile back to sRGB", async () => {
    const p3 = await first(await flat(3).withIccProfile("p3").jpeg({ quality: 100 }).toBuffer());
    [200, 30, 60].forEach((v, i) => expect(Math.abs(p3[i]! - v)).toBeLessThan(4));
  });
  it("lays transparent pixels on white", async () => {
    for (const format of ["png", "webp"] as const) {
      const half = await first(await flat(4, 0.5)[format]({ lossless: true } as never).toBuffer());
      [227, 142, 157].forEach((v, i) => expect(Math.abs(half[i]! - v)).toBeLessThan(3));
      expect(await first(await flat(4, 0)[format]({ lossless: true } as never).toBuffer())).toEqual([255, 255, 255]);
    }
  });
});

describe("damage and disguise", () => {
  const noise = sharp({ create: { width: 120, height: 90, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma: 40 } } });
  it.each(["jpeg", "png", "webp"] as const)("names a %s that breaks off, wherever it does", async (format) => {
    const whole = await noise.clone()[format]().toBuffer();
    for (const share of [0.002, 0.02, 0.3, 0.9, 0.99]) {
      const bytes = whole.subarray(0, Math.max(9, Math.floor(whole.length * share)));
      const error = await failure(bytes, `cut.${format}`);
      expect(error.message).toMatch(/^cut\.\w+ is (damaged: .+|not a picture.*)\.$/);
      expect(error.message).not.toMatch(/\n|\bat \w+ \(|Vips|node_modules/i);
    }
  });
  it("says that an empty file is empty", async () => {
    expect((await failure(new Uint8Array(0), "empty.png")).message).toBe("empty.png is empty.");
  });
  it("goes by content, not by name", async () => {
    const png = await picture().png().toBuffer();
    expect(layout(await decodeImage(png, "really-a-png.jpg"))).toEqual([0, 1, 2, 3]);
    expect((await failure(Buffer.from("hello, this is text"), "photo.jpg")).message).toBe("photo.jpg is not a picture. Pictures are read as JPEG, PNG or WebP.");
  });
  it("refuses other formats by their names", async () => {
    const svg = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>');
    const files: [string, Uint8Array][] = [
      ["an SVG", svg],
      ["a GIF", await picture().gif().toBuffer()],
      ["a TIFF", await picture().tiff().toBuffer()],
      ["an AVIF", await picture().avif().toBuffer()],
      ["a BMP", Buffer.from("BM and so on, long enough")],
      ["a PDF", Buffer.from("%PDF-1.7 and so on, long enough")],
    ];
    for (const [what, bytes] of files) {
      const error = await failure(bytes);
      expect(error.code).toBe("unsupported-image");
      expect(error.message).toContain(`photo.jpg is ${what} file.`);
    }
  });
});

describe("size limits", () => {
  it("refuses a claim of too many pixels before decoding", async () => {
    const png = Buffer.from(await picture().png().toBuffer());
    png.writeUInt32BE(60000, 16);
    png.writeUInt32BE(60000, 20);
    const error = await failure(png, "bomb.png");
    expect([error.code, error.message.includes("60000×60000"), error.message.includes("at most 50 megapixels")]).toEqual(["image-too-large", true, true]);
    const jpeg = Buffer.from(await picture().jpeg().toBuffer());
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65000, frame + 5);
    jpeg.writeUInt16BE(65000, frame + 7);
    expect((await failure(jpeg)).code).toBe("image-too-large");
    expect(() => readSize(jpeg, "photo.jpg")).toThrow(/65000×65000/);
  });
  it("takes 50 megapixels and not one row more", async () => {
    const strip = (height: number) => sharp({ create: { width: 10_000, height, channels: 3, background: "#123456" } }).png({ compressionLevel: 1 }).toBuffer();
    expect((await decodeImage(await strip(5000), "p")).height).toBe(5000);
    const over = await failure(await strip(5001));
    expect([over.code, over.message.includes("(50.1 megapixels)")]).toEqual(["image-too-large", true]);
  });
});

describe("encoding", () => {
  it("writes what it reads: exactly as PNG, closely as JPEG and WebP", async () => {
    const image = await decodeImage(await picture().png().toBuffer(), "p");
    expect((await decodeImage(await encodeImage(image, "png"), "p")).data).toEqual(image.data);
    for (const format of ["jpeg", "webp"] as const) {
      const bytes = await encodeImage(image, format);
      expect(imageSize(bytes)).toEqual({ format, width: W, height: H });
      expect(layout(await decodeImage(bytes, "p"))).toEqual([0, 1, 2, 3]);
    }
  });
});

describe("imageSize on hostile bytes", () => {
  it("never throws and never loops", async () => {
    const seeds = await Promise.all((["jpeg", "png", "webp"] as const).map((f) => picture().withMetadata({ orientation: 6 })[f]().toBuffer()));
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.nat(), fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }), (seed, cut, edits) => {
        const bytes = Uint8Array.from(seed.subarray(0, cut % (seed.length + 1)));
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        const size = imageSize(bytes);
        if (size) expect(size.width > 0 && size.height > 0).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
