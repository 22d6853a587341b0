/** Gallery files come back bit for bit, and no damage goes unnoticed. */
import { readFileSync } from "node:fs";
import { NodeFailure, type CalibrationValue, type GalleryValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { calibrate } from "../calibration/calibrate.ts";
import { pairsOfEncodings } from "../calibration/labelled-pairs.ts";
import { parseGallery, serializeGallery } from "./gallery-file.ts";

const gallery: GalleryValue = {
  kind: "gallery", network: "face-128", width: 3,
  entries: [{ name: "Nora", photo: "nora/1.jpg", encoding: Float32Array.of(0.1, -2.5e-8, 3e30) }, { name: "Zoë 🙂", encoding: Float32Array.of(-0, 1, 2) }],
};
type Writable<T> = { -readonly [K in keyof T]: T[K] };
const places = Float32Array.from({ length: 24 }, (_, i) => Math.floor(i / 4) + ((i * 37) % 17) / 10);
const { calibration } = await calibrate(
  pairsOfEncodings({ data: places, width: 1, labels: Array.from({ length: 24 }, (_, i) => Math.floor(i / 4)), network: "face-128" }, "euclidean", 1),
  { metric: "euclidean", rule: { kind: "far", target: 0.05 }, samples: 20, share: 0.95, seed: 1 },
);
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

  it("carries a calibration as version 2, and without one stays what earlier programs read", () => {
    const calibrated = { ...gallery, calibration };
    const file = serializeGallery(calibrated);
    expect(parseGallery(file)).toEqual(calibrated);
    expect(JSON.parse(new TextDecoder().decode(file))).toMatchObject({ version: 2 });
    expect(JSON.parse(text)).toMatchObject({ version: 1 });
  });

  it.each(["v1.json", "v2.json"])("reads tests/fixtures/galleries/%s, and writes it as it was", (name) => {
    const file = readFileSync(new URL(`../../../../tests/fixtures/galleries/${name}`, import.meta.url));
    const read = parseGallery(file);
    expect(read.entries.map((e) => [e.name, e.photo, e.encoding[1]])).toEqual([["Nora", "nora/1.jpg", Math.fround(-2.5e-8)], ["Nora", "nora/2.jpg", 0.25], ["Zoë 🙂", undefined, 1]]);
    expect(read.calibration?.chosen.rule).toBe(name === "v1.json" ? undefined : "FAR ≤ 0.05");
    expect(new TextDecoder().decode(serializeGallery(read))).toBe(file.toString("utf8"));
  });

  it.each<[string, (c: Writable<CalibrationValue>) => void]>([
    ["of another network", (c) => (c.network = "another-net")],
    ["with thresholds out of order", (c) => (c.points = [...c.points].reverse())],
    ["with a rate above one", (c) => (c.points = [...c.points.slice(0, -1), { ...c.points.at(-1)!, far: 1.5 }])],
    ["without its chosen threshold", (c) => (c.chosen = undefined as never)],
    ["with words for numbers", (c) => (c.auc = { value: "0.9", low: 0, high: 1 } as never)],
    ["with an interval that leaves its value out", (c) => (c.eer = { ...c.eer, low: 0.5, high: 0.4 })],
    ["with bins of two lengths", (c) => (c.histogram = { ...c.histogram, same: [1] })],
    ["that is a list", (c) => Object.assign(c, { kind: "list" })],
  ])("does not believe a calibration %s, though the checksum is right", (_what, spoil) => {
    const spoilt = structuredClone(calibration) as Writable<CalibrationValue>;
    spoil(spoilt);
    expect(failure(new TextDecoder().decode(serializeGallery({ ...gallery, calibration: spoilt })))).toMatchObject({ code: "gallery-damaged", message: expect.stringContaining("its calibration") });
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
    expect(failure(text.replace('"version": 1', '"version": 3'))).toMatchObject({ code: "gallery-newer", message: expect.stringContaining("newer version") });
    expect(failure('{"format":"patchbay-gallery","version":1}').message).toBe("The gallery “g.json” is damaged: the network of its encodings is missing. Restore it from a copy, or enrol the people again.");
  });
});
