/** data: URLs: both encodings, and broken ones refused by a sentence. */
import { expect, it } from "vitest";
import { decodeDataUrl, isDataUrl } from "./data-url.ts";

it("decodes base64 and percent text", () => {
  expect(decodeDataUrl("data:image/png;base64,AAEC/w==")).toEqual({ bytes: Uint8Array.of(0, 1, 2, 255), mediaType: "image/png" });
  expect(decodeDataUrl("DATA:;charset=utf-8;BASE64,AA%3D%3D").bytes).toEqual(Uint8Array.of(0));
  expect(decodeDataUrl("data:,a%20b%C3%A9é%zz").bytes).toEqual(new TextEncoder().encode("a béé%zz"));
  expect(decodeDataUrl("data:,").bytes).toEqual(new Uint8Array(0));
});
it.each(["data:image/png", "data:image/png;base64,????", "data:image/png;base64,AAE%"])("refuses %j", (url) => {
  expect(isDataUrl(url)).toBe(true);
  expect(() => decodeDataUrl(url)).toThrow(/^A data: URL cannot be read/);
});
it("refuses a header without an end", () => {
  expect(() => decodeDataUrl(`data:${"x".repeat(2000)},a`)).toThrow(/no comma/);
});
it("refuses very long ones before it looks at them", () => {
  expect(() => decodeDataUrl(`data:,${"a".repeat(64 * 1024 * 1024)}`)).toThrow(/at most 64 MB/);
});
