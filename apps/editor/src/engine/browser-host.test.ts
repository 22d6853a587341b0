import { afterEach, describe, expect, it, vi } from "vitest";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { createBrowserHost, graphPath } from "./browser-host.ts";
import { isWhole } from "./decode-picture.ts";
import { createLoadings } from "./loadings.ts";
import type { Loading } from "../model/run-state.ts";

afterEach(() => vi.unstubAllGlobals());
const files = createMemoryFiles(new Map([["a.jpg", Uint8Array.of(1)], ["people/Nora/1.jpg", Uint8Array.of(2)]]));
const host = createBrowserHost({ assets: "https://editor.test/sub/", files });

describe("files of the graph", () => {
  it("are read by plain relative paths, folders listed", async () => {
    expect(await host.readFile("./people/../a.jpg")).toEqual(Uint8Array.of(1));
    expect(await host.listFolder("people")).toEqual(["Nora/"]);
    expect(await host.listFolder("people/Nora/")).toEqual(["1.jpg"]);
  });

  it.each([
    ["gone.jpg", "missing-file", 'There is no file "gone.jpg".'],
    ["people", "read-refused", '"people" is a folder, not a file.'],
    ["../a.jpg", "read-refused", '"../a.jpg" lies outside the graph\'s folder. Add the file to the graph: drop it on the canvas.'],
    ["/etc/passwd", "read-refused", '"/etc/passwd" lies outside the graph\'s folder. Add the file to the graph: drop it on the canvas.'],
    ["https://example.org/x.jpg", "read-refused", '"https://example.org/x.jpg" is a web address. Graphs read no network: download the file and name its path.'],
  ])("%s is refused with a sentence", async (path, code, message) => {
    await expect(host.readFile(path)).rejects.toMatchObject({ name: "NodeFailure", code, message });
  });

  it("keep the form of a folder", () => {
    expect([graphPath("a//b/./c/"), graphPath("./x")]).toEqual(["a/b/c/", "x"]);
  });
});

describe("files of packages", () => {
  const answer = (make: (url: string) => Response | Promise<Response>): string[] => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: URL) => (asked.push(String(url)), make(String(url))));
    return asked;
  };

  it("are fetched below the editor's own files, pictures once", async () => {
    const asked = answer(() => new Response(Uint8Array.of(5)));
    const own = createBrowserHost({ assets: "https://editor.test/sub/", files });
    await own.readFile("npm:@scope/name/demo/a b.jpg");
    expect(await own.readFile("npm:@scope/name/demo/a b.jpg")).toEqual(Uint8Array.of(5));
    expect(asked).toEqual(["https://editor.test/sub/npm/@scope/name/demo/a%20b.jpg"]);
    await expect(own.readAsset("@scope/name/../other/x.bin")).rejects.toMatchObject({ code: "read-refused" });
  });

  it("that are not served, or come from a server that is away, are told in sentences", async () => {
    answer(() => new Response("<!doctype html>", { headers: { "content-type": "text/html; charset=utf-8" } }));
    await expect(host.readAsset("@vladmandic/face-api/model/x.bin")).rejects.toMatchObject({ code: "missing-file" });
    answer(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(host.readAsset("@vladmandic/face-api/model/face_recognition_model.bin")).rejects.toMatchObject({ code: "not-loaded", message: expect.stringMatching(/^“Face recognition network” .* could not be loaded: the server that this page came from does not answer\. Check the connection and run again\.$/) });
    answer(() => new Response("", { status: 503, statusText: "Busy" }));
    await expect(host.readAsset("@vladmandic/face-api/model/face_recognition_model.bin")).rejects.toMatchObject({ message: expect.stringContaining("the server answered 503 (Busy).") });
  });

  it("tell how far they are, by names that people know, files of one network together", async () => {
    const told: (readonly Loading[])[] = [];
    answer(() => new Response(new Uint8Array(1000), { headers: { "content-length": "1000" } }));
    const own = createBrowserHost({ assets: "https://editor.test/", files, loadings: createLoadings((loading) => told.push(loading)) });
    await Promise.all([own.readAsset("p/face_recognition_model.bin"), own.readAsset("p/face_recognition_model-weights_manifest.json")]);
    expect(told.flat().every((l) => l.what === "Face recognition network")).toBe(true);
    expect(told.some(([l]) => l?.total === 2000)).toBe(true);
    expect(told.at(-1)).toEqual([]);
  });
});

it("a picture counts as whole when its end is there", () => {
  expect(isWhole(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 1, 2, 0xff, 0xd9, 0, 0))).toBe(true);
  expect(isWhole(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 1, 2, 3))).toBe(false);
  const webp = new Uint8Array(20);
  webp.set([..."RIFF"].map((c) => c.charCodeAt(0)));
  webp.set([..."WEBP"].map((c) => c.charCodeAt(0)), 8);
  webp[4] = 12;
  expect(isWhole(webp)).toBe(true);
  expect(isWhole(webp.subarray(0, 18))).toBe(false);
});
