/** What a graph may read through the Node host, tried on a real folder with everything in it that could lead outside. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NodeFailure } from "../node-api/host.ts";
import { createNodeHost } from "./node.ts";

let base: string;
let graphs: string;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const failure = async (promise: Promise<unknown>): Promise<NodeFailure> => {
  const error = await promise.then(() => undefined, (e: unknown) => e);
  expect(error).toBeInstanceOf(NodeFailure);
  return error as NodeFailure;
};
const posix = process.platform !== "win32";

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), "patchbay-host-")));
  graphs = path.join(base, "graphs");
  await mkdir(path.join(graphs, "pictures"), { recursive: true });
  await mkdir(path.join(base, "elsewhere/deep"), { recursive: true });
  await mkdir(path.join(base, "graphs-next-door"));
  await writeFile(path.join(graphs, "a.txt"), "own");
  await writeFile(path.join(graphs, "..b.txt"), "two dots");
  await writeFile(path.join(graphs, "pictures/p.txt"), "below");
  await writeFile(path.join(graphs, ".hidden"), "");
  await writeFile(path.join(base, "elsewhere/secret.txt"), "secret");
  await writeFile(path.join(base, "elsewhere/deep/d.txt"), "deep");
  await writeFile(path.join(base, "graphs-next-door/n.txt"), "neighbour");
  await writeFile(path.join(graphs, "huge.bin"), "");
  await truncate(path.join(graphs, "huge.bin"), 513 * 1024 * 1024);
  if (posix) {
    await symlink("../elsewhere/secret.txt", path.join(graphs, "link.txt"));
    await symlink("../elsewhere", path.join(graphs, "linked-folder"));
    await symlink("pictures/p.txt", path.join(graphs, "inner-link.txt"));
    await symlink("loop", path.join(graphs, "loop"));
    await symlink(graphs, path.join(base, "graphs-by-link"));
    await symlink("/dev/zero", path.join(graphs, "zero"));
    execFileSync("mkfifo", [path.join(graphs, "pipe")]);
  }
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe("files of the graph's folder", () => {
  it("reads what lies in it and below it", async () => {
    const host = createNodeHost({ graphFolder: graphs });
    expect(text(await host.readFile("a.txt"))).toBe("own");
    expect(text(await host.readFile("./pictures/../pictures/p.txt"))).toBe("below");
    expect(text(await host.readFile("..b.txt"))).toBe("two dots");
    expect(text(await host.readFile(path.join(graphs, "a.txt")))).toBe("own");
  });
  it("names a missing file as it was written", async () => {
    const error = await failure(createNodeHost({ graphFolder: graphs }).readFile("no/such.jpg"));
    expect([error.code, error.message]).toEqual(["missing-file", 'There is no file "no/such.jpg".']);
  });
  it.each(["../elsewhere/secret.txt", "pictures/../../elsewhere/secret.txt", "../graphs-next-door/n.txt", "..", "/etc/passwd", "../elsewhere/not-there.txt"])("refuses %j and says how to allow it", async (reference) => {
    const error = await failure(createNodeHost({ graphFolder: graphs }).readFile(reference));
    expect(error.code).toBe("read-refused");
    expect(error.message).toContain(JSON.stringify(reference));
    expect(error.message).toContain("--allow-read /");
  });
  it.each(["a\0.txt", "", "file:///etc/passwd", "C:\\a.txt", "\\\\host\\share\\a", "//./a", "pictures", "."])("refuses %j", async (reference) => {
    expect((await failure(createNodeHost({ graphFolder: graphs }).readFile(reference))).code).toBe("read-refused");
  });
  it("refuses names too long for the system", async () => {
    for (const length of [300, 9000]) expect((await failure(createNodeHost({ graphFolder: graphs }).readFile("x".repeat(length)))).code).toBe("read-refused");
  });
  it.runIf(posix)("follows links inside the folder and refuses those that lead out", async () => {
    const host = createNodeHost({ graphFolder: graphs });
    expect(text(await host.readFile("inner-link.txt"))).toBe("below");
    for (const reference of ["link.txt", "linked-folder/secret.txt", "zero"]) {
      const error = await failure(host.readFile(reference));
      expect(error.message).toContain("is a link that leads outside");
      expect(error.code).toBe("read-refused");
    }
    expect((await failure(host.listFolder("linked-folder"))).code).toBe("read-refused");
    expect((await failure(host.readFile("loop"))).message).toContain("circle");
  });
  it.runIf(posix)("works when the folder itself is reached by a link", async () => {
    const host = createNodeHost({ graphFolder: path.join(base, "graphs-by-link") });
    expect(text(await host.readFile("a.txt"))).toBe("own");
    expect((await failure(host.readFile("link.txt"))).code).toBe("read-refused");
  });
  it.runIf(posix)("does not wait for a pipe, nor read a device", async () => {
    const host = createNodeHost({ graphFolder: graphs, allowRead: ["/dev"] });
    expect((await failure(host.readFile("pipe"))).message).toContain("a device or a pipe");
    expect((await failure(host.readFile("/dev/zero"))).message).toContain("a device or a pipe");
  });
  it("looks at the size before it reads", async () => {
    const error = await failure(createNodeHost({ graphFolder: graphs }).readFile("huge.bin"));
    expect([error.code, error.message]).toEqual(["file-too-large", '"huge.bin" has 513 MB; at most 512 MB are read.']);
  });
});

describe("what the caller allows", () => {
  it("reads allowed folders with everything below, and no more", async () => {
    const host = createNodeHost({ graphFolder: graphs, allowRead: [path.join(base, "elsewhere/deep")] });
    expect(text(await host.readFile("../elsewhere/deep/d.txt"))).toBe("deep");
    expect((await failure(host.readFile("../elsewhere/secret.txt"))).code).toBe("read-refused");
  });
  it("reads single files that were given, also through a link of the graph", async () => {
    const host = createNodeHost({ graphFolder: graphs, allowFiles: [path.join(base, "elsewhere/secret.txt")] });
    expect(text(await host.readFile(path.join(base, "elsewhere/secret.txt")))).toBe("secret");
    expect(text(await host.readFile("../elsewhere/secret.txt"))).toBe("secret");
    if (posix) expect(text(await host.readFile("link.txt"))).toBe("secret");
    expect((await failure(host.readFile("../elsewhere/deep/d.txt"))).code).toBe("read-refused");
  });
  it.runIf(posix)("takes a given link, and odd names, as the person's own choice", async () => {
    const odd = path.join(base, "elsewhere/a\\b: c.txt");
    await writeFile(odd, "odd");
    const link = path.join(graphs, "link.txt");
    const host = createNodeHost({ allowFiles: [odd, link] });
    expect(text(await host.readFile(odd))).toBe("odd");
    expect(text(await host.readFile(link))).toBe("secret");
  });
  it("allows what is given later, a file or a folder, and names what is missing", async () => {
    const host = createNodeHost({ graphFolder: graphs });
    expect((await failure(host.readFile("../elsewhere/secret.txt"))).code).toBe("read-refused");
    const given = path.relative(process.cwd(), path.join(base, "elsewhere/secret.txt"));
    const reference = await host.givenPath!(given);
    expect(text(await host.readFile(reference))).toBe("secret");
    expect(await host.givenPath!(reference)).toBe(reference);
    expect((await failure(host.readFile("../elsewhere/deep/d.txt"))).code).toBe("read-refused");
    const folder = await host.givenPath!(path.join(base, "elsewhere/deep"));
    expect(await host.listFolder(folder)).toEqual(["d.txt"]);
    expect(text(await host.readFile(`${folder}/d.txt`))).toBe("deep");
    expect((await failure(host.givenPath!("no-such-file.jpg"))).message).toBe('There is no file "no-such-file.jpg".');
    expect((await failure(host.givenPath!("a\0b"))).code).toBe("read-refused");
    for (const same of ["", "npm:vitest/package.json", "data:,a"]) expect(await host.givenPath!(same)).toBe(same);
  });
  it("has no folder for a graph that came as text", async () => {
    const error = await failure(createNodeHost().readFile("a.txt"));
    expect([error.code, error.message.includes("not read from a file")]).toEqual(["read-refused", true]);
  });
});

describe("listFolder", () => {
  it("gives sorted names, folders with a slash, hidden ones left out", async () => {
    const names = await createNodeHost({ graphFolder: graphs }).listFolder(".");
    expect(names).toContain("pictures/");
    expect(names).not.toContain(".hidden");
    expect([...names]).toEqual([...names].sort());
  });
  it("says when it is given a file or nothing", async () => {
    const host = createNodeHost({ graphFolder: graphs });
    expect((await failure(host.listFolder("a.txt"))).message).toBe('"a.txt" is a file, not a folder.');
    expect((await failure(host.listFolder("none"))).code).toBe("missing-file");
  });
});

describe("installed packages", () => {
  const host = createNodeHost();
  it("reads their files, by readAsset and by npm:", async () => {
    const weights = await host.readAsset("@vladmandic/face-api/model/tiny_face_detector_model.bin");
    expect(weights.length).toBeGreaterThan(100_000);
    expect(await host.readFile("npm:@vladmandic/face-api/model/tiny_face_detector_model.bin")).toEqual(weights);
    expect(await host.listFolder("npm:@vladmandic/face-api/")).toContain("model/");
  });
  it("says what to install", async () => {
    const error = await failure(host.readAsset("@nobody/no-such-package/model.bin"));
    expect(error.code).toBe("missing-package");
    expect(error.message).toContain("npm install @nobody/no-such-package");
  });
  it("names a missing file with the package's version", async () => {
    const error = await failure(host.readFile("npm:@vladmandic/face-api/model/none.bin"));
    expect(error.code).toBe("missing-file");
    expect(error.message).toMatch(/^The package @vladmandic\/face-api 1\.\d+\.\d+ holds no file "model\/none\.bin"\.$/);
  });
  it.each(["npm:@vladmandic/face-api/../../../package.json", "npm:../package.json", "npm:.bin/tsc", "npm:/etc/passwd", "npm:", "npm:vitest//package.json", "npm:@vladmandic\\face-api/x", "npm:vitest/./package.json", "npm:node_modules/vitest/package.json", "npm:c:/x"])("refuses %j", async (reference) => {
    expect((await failure(host.readFile(reference))).code).toBe("read-refused");
  });
  it.runIf(posix)("looks from the current folder too, and stays inside the package", async () => {
    const modules = path.join(base, "node_modules/with-link");
    await mkdir(modules, { recursive: true });
    await writeFile(path.join(modules, "package.json"), '{ "name": "with-link", "version": "1.2.3", "exports": {} }');
    await writeFile(path.join(modules, "inside.txt"), "inside");
    await symlink("../../elsewhere/secret.txt", path.join(modules, "out.txt"));
    const near = createNodeHost({ packagesFrom: [path.join(base, "any.js")] });
    expect(text(await near.readFile("npm:with-link/inside.txt"))).toBe("inside");
    expect((await failure(near.readFile("npm:with-link/out.txt"))).message).toContain("leads outside the package");
    expect((await failure(near.readFile("npm:with-link"))).code).toBe("read-refused");
  });
});
