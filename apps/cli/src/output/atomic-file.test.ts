/** Files are replaced whole or stay as they were. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requireWritable, writeWhole } from "./atomic-file.ts";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "patchbay-write-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("replaces a file, keeps its mode and leaves no drafts", async () => {
  const file = path.join(folder, "a.txt");
  await writeFile(file, "old");
  await chmod(file, 0o640);
  await writeWhole(file, "new");
  expect(await readFile(file, "utf8")).toBe("new");
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(["a.txt"]);
});
it("writes through a link instead of replacing it", async () => {
  await mkdir(path.join(folder, "real"));
  await writeFile(path.join(folder, "real/b.txt"), "old");
  await symlink("real/b.txt", path.join(folder, "b-link.txt"));
  await writeWhole(path.join(folder, "b-link.txt"), "new");
  expect(await readFile(path.join(folder, "real/b.txt"), "utf8")).toBe("new");
});
it("says plainly why it cannot", async () => {
  await expect(writeWhole(path.join(folder, "none/a.txt"), "x")).rejects.toThrow(/could not be written: there is no such folder\.$/);
  await expect(requireWritable(path.join(folder, "none/a.txt"), "--output x")).rejects.toThrow(/^--output x: there is no folder/);
  await expect(requireWritable(folder, "--output x")).rejects.toThrow(/is a folder; name a file/);
  await expect(requireWritable("/dev/null", "--output x")).rejects.toThrow(/device or a pipe/);
  await expect(requireWritable(path.join(folder, "fresh.txt"), "--output x")).resolves.toBeUndefined();
});
