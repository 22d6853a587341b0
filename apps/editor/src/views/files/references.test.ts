import { describe, expect, it } from "vitest";
import { createMemoryFiles } from "../../storage/memory-files.ts";
import { pictureReference, pictureReferences, servedUrl } from "./references.ts";

describe("what a picture parameter names", () => {
  it("is served for packages and data URLs, and read for everything else", () => {
    expect(servedUrl("npm:@vladmandic/face-api/demo/sample1.jpg", "/editor/")).toBe("/editor/npm/@vladmandic/face-api/demo/sample1.jpg");
    expect(servedUrl("npm:pkg/a b#1.png", "/")).toBe("/npm/pkg/a%20b%231.png");
    expect(servedUrl("data:image/png;base64,AA==", "/")).toBe("data:image/png;base64,AA==");
    expect(servedUrl("photo.jpg", "/")).toBeNull();
  });
  it("is called by its label, else by its file", () => {
    expect(pictureReference({ reference: "npm:pkg/x.jpg", label: "Nora", part: { x: 1, y: 2, width: 3, height: 4 } })).toEqual({ reference: "npm:pkg/x.jpg", name: "Nora", part: { x: 1, y: 2, width: 3, height: 4 } });
    expect(pictureReference({ reference: "people/ida.png" }).name).toBe("ida.png");
    expect(pictureReference({ reference: "data:image/png;base64,AA==" }).name).toBe("embedded picture");
  });
  it("may be a folder with a folder for each person", async () => {
    const files = createMemoryFiles(new Map(["people/Nora/1.jpg", "people/Nora/2.jpg", "people/Ida/a.png", "people/notes.txt", "people/all.webp"].map((path) => [path, new Uint8Array(1)])));
    expect((await pictureReferences("people", files)).map((p) => [p.reference, p.name])).toEqual([["people/all.webp", "all.webp"], ["people/Ida/a.png", "Ida"], ["people/Nora/1.jpg", "Nora"], ["people/Nora/2.jpg", "Nora"]]);
    expect(await pictureReferences("nowhere", files)).toEqual([]);
    expect((await pictureReferences("a.jpg, Ida=b.png", files)).map((p) => p.name)).toEqual(["a.jpg", "Ida"]);
  });
});
