/** Folders and CSVs of pairs become the same kind of set; what cannot be reported on is refused in a sentence. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readFaceSet } from "./face-set.ts";

let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "faces-"));
  for (const [person, photos] of Object.entries({ amy: ["1.jpg", "2.PNG", "notes.txt"], ben: ["x.webp"], ".hidden": ["y.jpg"] })) {
    await mkdir(at(person));
    for (const photo of photos) await writeFile(at(`${person}/${photo}`), "");
  }
});
afterAll(() => rm(folder, { recursive: true }));

it("a folder per person gives every pair", async () => {
  const set = await readFaceSet(folder);
  expect(set.pictures).toEqual([{ file: at("amy/1.jpg"), person: "amy" }, { file: at("amy/2.PNG"), person: "amy" }, { file: at("ben/x.webp"), person: "ben" }]);
  expect(set.pairs).toEqual([{ a: 0, b: 1, same: true }, { a: 0, b: 2, same: false }, { a: 1, b: 2, same: false }]);
});

it("a CSV gives its pairs, each file once, relative to itself", async () => {
  await writeFile(at("pairs.csv"), '\uFEFFfile_x,file_y,Decision\r\namy/1.jpg,amy/2.PNG,Yes\r\n"ben/x.webp",amy/1.jpg,No\r\n');
  expect(await readFaceSet(at("pairs.csv"))).toEqual({
    pictures: [{ file: at("amy/1.jpg") }, { file: at("amy/2.PNG") }, { file: at("ben/x.webp") }],
    pairs: [{ a: 0, b: 1, same: true }, { a: 2, b: 0, same: false }],
  });
});

it("says which line is wrong, and what is missing", async () => {
  await writeFile(at("broken.csv"), "a.jpg,b.jpg,Yes\na.jpg,c.jpg,Perhaps\n");
  await expect(readFaceSet(at("broken.csv"))).rejects.toThrow(`Line 2 of ${at("broken.csv")} is not "file_x,file_y,Yes"`);
  await writeFile(at("one-kind.csv"), "a.jpg,b.jpg,Yes\n");
  await expect(readFaceSet(at("one-kind.csv"))).rejects.toThrow("1 pairs of one person and 0 of different people");
  await expect(readFaceSet(at("amy"))).rejects.toThrow("0 pairs of one person");
  await expect(readFaceSet(at("nowhere"))).rejects.toMatchObject({ exitCode: 2 });
});
