import { expect, it } from "vitest";
import { wireLabel, wireName } from "./wire-label.ts";

it("shows a type whole on a long wire; on a short one the shape over it and the dtype under it, then their beginnings, then nothing", () => {
  const text = "float32 [1,224,224,3]";
  expect(wireLabel(text, 170)).toEqual([text]);
  expect(wireLabel(text, 92)).toEqual(["[1,224,224,3]", "float32"]);
  expect(wireLabel(text, 60)).toEqual(["[1,224,…", "float32"]);
  expect(wireLabel(text, 20)).toEqual([]);
  expect(wireLabel("image 640×480", 60)).toEqual(["640×480", "image"]);
  expect(wireLabel("image W×H", 60)).toEqual(["W×H", "image"]);
  expect(wireLabel("5 layers of vgg19", 92)).toEqual(["5 layers", "vgg19"]);
  expect(wireLabel("series", 66)).toEqual(["series"]);
  expect(wireLabel("", 200)).toEqual([]);
});

it("names a wire by its ends, what it carries and what is wrong", () => {
  expect(wireName("photo.image", "photo-faces.image", "image 640×480", null)).toBe("Wire from photo.image to photo-faces.image, image 640×480");
  expect(wireName("a.x", "b.y", "", "It does not fit.")).toBe("Wire from a.x to b.y. It does not fit.");
});
