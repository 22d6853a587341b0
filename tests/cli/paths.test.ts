/** What a graph may read when somebody else wrote it: tried through the real command. */
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { picture, save, savePicture } from "./graphs.ts";
import { json, patchbay, useFolder } from "./patchbay.ts";

const folder = useFolder();
beforeAll(async () => {
  for (const name of ["graphs/inner", "private", "allowed/deep"]) await mkdir(folder.file(name), { recursive: true });
  for (const name of ["graphs/own.png", "graphs/inner/below.png", "private/secret.png", "allowed/deep/a.png"]) await savePicture(folder.file(name), 9, 7);
  await symlink("../private/secret.png", folder.file("graphs/link.png"));
  await symlink("../private", folder.file("graphs/linked"));
  await symlink("own.png", folder.file("graphs/good-link.png"));
});

/** The command is started from another folder than the graph's: only the graph's counts. */
async function runOn(reference: string, ...args: string[]) {
  await save(folder.file("graphs/graph.json"), picture(reference));
  return patchbay(["run", "graphs/graph.json", ...args], { cwd: folder.path });
}

describe("a graph reads its own folder", () => {
  it.each(["own.png", "./own.png", "inner/below.png", "inner/../own.png", "good-link.png"])("%s", async (reference) => {
    expect(await runOn(reference)).toMatchObject({ code: 0, stdout: expect.stringContaining("image 9×7") });
  });
});

describe("everything else is refused with the reason", () => {
  const tricks: [string, RegExp][] = [
    ["../private/secret.png", /outside the graph's folder.*--allow-read /],
    ["inner/../../private/secret.png", /outside the graph's folder/],
    ["link.png", /is a link that leads outside the graph's folder/],
    ["linked/secret.png", /is a link that leads outside/],
    ["/etc/passwd", /outside the graph's folder/],
    ["/dev/zero", /outside the graph's folder/],
    ["inner", /is a folder, not a file/],
    ["file:///etc/passwd", /is a URL/],
    ["https://example.org/a.png", /is a web address/],
    ["C:\\Windows\\win.ini", /Windows drive path/],
    ["\\\\server\\share\\a.png", /network or device path/],
    ["//server/share/a.png", /network or device path/],
    ["own.png\0.txt", /NUL/],
    ["npm:@vladmandic/face-api/../../../package.json", /may not leave the package/],
    ["npm:../private/secret.png", /does not begin with the name of a package/],
    ["npm:no-such-package-anywhere/a.png", /npm install no-such-package-anywhere/],
  ];
  it.each(tricks)("%j", async (reference, reason) => {
    const { code, stdout, stderr } = await runOn(reference);
    expect(stderr).toMatch(reason);
    expect(stderr).toContain("photo.file");
    expect(stderr).not.toMatch(/\n\s+at |node:internal/);
    expect([code, stdout]).toEqual([2, ""]);
  });
  it("shows control characters of a name instead of obeying them", async () => {
    const { stderr } = await runOn("../\u001b[2J\u001b[1;1Hok.png");
    expect(stderr).not.toContain("\u001b");
    expect(stderr).toContain("u001b");
  });
});

describe("what the command line allows", () => {
  it("--allow-read opens one folder with everything below it", async () => {
    const reference = "../allowed/deep/a.png";
    expect((await runOn(reference)).code).toBe(2);
    expect((await runOn(reference, "--allow-read", "allowed")).code).toBe(0);
    expect((await runOn(reference, "--allow-read", "private")).code).toBe(2);
    expect((await runOn("link.png", "--allow-read", "private")).code).toBe(0);
  });
  it("the refusal's own advice works as it stands", async () => {
    const { stderr } = await runOn("../allowed/deep/a.png");
    const advised = /--allow-read (\S+)\.$/m.exec(stderr.replace(/ \[[a-z-]+\]/, ""))![1]!;
    expect(path.isAbsolute(advised)).toBe(true);
    expect((await runOn("../allowed/deep/a.png", "--allow-read", advised)).code).toBe(0);
  });
  it("a file on the command line opens that file and no other", async () => {
    expect((await runOn("own.png", "--input", "photo=private/secret.png")).code).toBe(0);
    await writeFile(folder.file("private/other.txt"), "x");
    expect((await runOn("../private/other.txt", "--set", "out.format=jpeg")).code).toBe(2);
  });
  it("data: URLs and packages need no permission", async () => {
    const { default: sharp } = await import("sharp");
    const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: "#123456" } }).png().toBuffer();
    const result = json<{ outputs: unknown }>(await runOn(`data:image/png;base64,${png.toString("base64")}`, "--json"));
    expect(result.outputs).toEqual({ image: { width: 3, height: 2 } });
    expect((await runOn("npm:@vladmandic/face-api/demo/sample1.jpg")).code).toBe(0);
  });
});
