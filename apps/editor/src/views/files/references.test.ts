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
  it("has a label, a part, or neither", () => {
    expect(pictureReference("Nora=npm:pkg/x.jpg#xywh=950,80,500,560")).toEqual({ reference: "npm:pkg/x.jpg", name: "Nora", part: { x: 950, y: 80, width: 500, height: 560 } });
    expect(pictureReference("people/ida.png")).toEqual({ reference: "people/ida.png", name: "ida.png" });
    expect(pictureReference("data:image/png;base64,AA==").name).toBe("embedded picture");
  });
  it("may be a folder with a folder for each person", async () => {
    const files = createMemoryFiles(new Map(["people/Nora/1.jpg", "people/Nora/2.jpg", "people/Ida/a.png", "people/notes.txt", "people/all.webp"].map((path) => [path, new Uint8Array(1)])));
    expect((await pictureReferences("people", files)).map((p) => [p.reference, p.name])).toEqual([["people/all.webp", "all.webp"], ["people/Ida/a.png", "Ida"], ["people/Nora/1.jpg", "Nora"], ["people/Nora/2.jpg", "Nora"]]);
    expect(await pictureReferences("nowhere", files)).toEqual([]);
    expect((await pictureReferences("a.jpg, Ida=b.png", files)).map((p) => p.name)).toEqual(["a.jpg", "Ida"]);
  });
});
