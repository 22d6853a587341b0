import { nodes } from "@patchbay/nodes";
import { expect, test } from "vitest";
import { searchLibrary, whyFound } from "./search-library.ts";

test("a node found by a synonym says which", () => {
  const found = searchLibrary(nodes, "relu");
  expect(found[0]!.node.title).toBe("Activation");
  expect(found[0]!.because).toBe("relu");
  expect(searchLibrary(nodes, "face det")[0]).toEqual({ node: nodes.get("FaceDetector") });
});

test("the whole phrase is preferred to one word of it", () => {
  expect(whyFound(nodes.get("Encoder")!, "face rec")).toBe("face recognition");
  expect(whyFound(nodes.get("Encoder")!, "enc")).toBeUndefined();
});
