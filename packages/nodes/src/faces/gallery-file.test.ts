/** Gallery files come back bit for bit, and no damage goes unnoticed. */
import { NodeFailure, type GalleryValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { parseGallery, serializeGallery } from "./gallery-file.ts";

const gallery: GalleryValue = {
  kind: "gallery", network: "face-128", width: 3,
  entries: [{ name: "Nora", photo: "nora/1.jpg", encoding: Float32Array.of(0.1, -2.5e-8, 3e30) }, { name: "Zoë 🙂", encoding: Float32Array.of(-0, 1, 2) }],
};
const text = new TextDecoder().decode(serializeGallery(gallery));
const bytes = (s: string) => new TextEncoder().encode(s);
function failure(file: string): NodeFailure {
  try {
    parseGallery(bytes(file), "The gallery “g.json”");
  } catch (error) {
    if (error instanceof NodeFailure) return error;
    throw error;
  }
  throw new Error("it was read");
}

describe("gallery file", () => {
  it("comes back bit for bit, also without people", () => {
    expect(parseGallery(serializeGallery(gallery))).toEqual(gallery);
    expect(Object.is(parseGallery(serializeGallery(gallery)).entries[1]!.encoding[0], -0)).toBe(true);
    const empty = { ...gallery, entries: [] };
    expect(parseGallery(serializeGallery(empty))).toEqual(empty);
  });

  it("does not mind another order of keys, nor other spaces", () => {
    const { checksum, entries, ...rest } = JSON.parse(text) as { [key: string]: unknown };
    expect(parseGallery(bytes(JSON.stringify({ checksum, entries, ...rest })))).toEqual(gallery);
  });

  it("notices any changed character of its content", () => {
    const start = text.indexOf('"network"');
    for (let at = start; at < text.length - 2; at += 3) {
      const char = text[at]!;
      if (/\s/.test(char)) continue;
      const changed = text.slice(0, at) + (char === "x" ? "y" : "x") + text.slice(at + 1);
      expect(failure(changed).code, `character ${at}`).toBe("gallery-damaged");
    }
  });

  it("notices that it breaks off", () => {
    for (const share of [0, 0.2, 0.5, 0.99]) expect(failure(text.slice(0, Math.floor(text.length * share) - 2)).code).toBe("gallery-damaged");
  });

  it("says what else it is", () => {
    expect(failure("{}").code).toBe("gallery-not-one");
    expect(failure("[]").code).toBe("gallery-not-one");
    expect(failure(text.replace('"version": 1', '"version": 2'))).toMatchObject({ code: "gallery-newer", message: expect.stringContaining("newer version") });
    expect(failure('{"format":"patchbay-gallery","version":1}').message).toBe("The gallery “g.json” is damaged: the network of its encodings is missing. Restore it from a copy, or enrol the people again.");
  });
});
