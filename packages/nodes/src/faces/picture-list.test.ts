/** Lists of pictures: folders, folders of people, names with commas. */
import { NodeFailure, type Host } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { listPictures, splitList } from "./picture-list.ts";

const FOLDERS: { readonly [name: string]: readonly string[] } = {
  people: ["amy/", "ben/", "group.png", "notes.txt"], "people/amy": ["1.jpg", "2.JPEG", "2.txt"], "people/ben": ["a.webp"], empty: ["x.txt"],
};
const host = { listFolder: async (name: string) => FOLDERS[name] ?? Promise.reject(new NodeFailure("file-missing", `no ${name}`)) } as unknown as Host;

describe("listPictures", () => {
  it("takes a folder's pictures, and those of its folders with the folder's name", async () => {
    expect(await listPictures(host, "people/")).toEqual([
      { reference: "people/group.png", name: "group.png" },
      { reference: "people/amy/1.jpg", name: "amy/1.jpg", label: "amy" },
      { reference: "people/amy/2.JPEG", name: "amy/2.JPEG", label: "amy" },
      { reference: "people/ben/a.webp", name: "ben/a.webp", label: "ben" },
    ]);
  });

  it("takes a list with names and parts", async () => {
    expect(await listPictures(host, "a/b.jpg, Nora = npm:@x/y/c.png#xywh=1,22,3,4,Ben=d.webp")).toEqual([
      { reference: "a/b.jpg", name: "b.jpg" },
      { reference: "npm:@x/y/c.png", name: "c.png#xywh=1,22,3,4", label: "Nora", part: { x: 1, y: 22, width: 3, height: 4 } },
      { reference: "d.webp", name: "d.webp", label: "Ben" },
    ]);
  });

  it("leaves data: URLs and odd names whole", async () => {
    expect(splitList("data:image/png;base64,AAAA,x#1.jpg,,")).toEqual(["data:image/png;base64,AAAA", "x#1.jpg"]);
    expect(await listPictures(host, "Nora=data:image/png;base64,AA==#xywh=1,2,3,4, data:image/png;base64,BB==")).toEqual([
      { reference: "data:image/png;base64,AA==", name: "embedded picture", label: "Nora", part: { x: 1, y: 2, width: 3, height: 4 } },
      { reference: "data:image/png;base64,BB==", name: "embedded picture" },
    ]);
    expect(await listPictures(host, "data:image/png;base64,AA==")).toEqual([{ reference: "data:image/png;base64,AA==", name: "embedded picture" }]);
  });

  it("names what is missing", async () => {
    await expect(listPictures(host, "empty")).rejects.toMatchObject({ code: "no-pictures", message: "The folder “empty” holds no pictures (JPEG, PNG or WebP), nor folders with pictures in them." });
    await expect(listPictures(host, "nowhere")).rejects.toMatchObject({ code: "file-missing" });
  });
});
