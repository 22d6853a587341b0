import { expect, it } from "vitest";
import { wireLabel, wireName } from "./wire-label.ts";

it("shows a type whole where there is room, then its shape alone, then the shape's beginning, then nothing", () => {
  const text = "float32 [1,224,224,3]";
  expect(wireLabel(text, 170)).toBe(text);
  expect(wireLabel(text, 120)).toBe("[1,224,224,3]");
  expect(wireLabel(text, 90)).toMatch(/^\[1,\d.*…$/);
  expect(wireLabel(text, 50)).toBe("");
  expect(wireLabel("image 640×480", 90)).toBe("640×480");
});

it("names a wire by its ends, what it carries and what is wrong", () => {
  expect(wireName("photo.image", "photo-faces.image", "image 640×480", null)).toBe("Wire from photo.image to photo-faces.image, image 640×480");
  expect(wireName("a.x", "b.y", "", "It does not fit.")).toBe("Wire from a.x to b.y. It does not fit.");
});
