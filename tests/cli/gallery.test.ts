/** `patchbay gallery`: people in, people out, and a file that is never half written nor silently replaced. */
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { getuid } from "node:process";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { parseGallery, serializeGallery } from "@patchbay/nodes";
import type { CalibrationValue, GalleryValue } from "@patchbay/runtime/node-api";
import { graph, node, save, savePicture } from "./graphs.ts";
import { json, patchbay, useFolder } from "./patchbay.ts";

/** A group photo that comes with `npm install`; its largest face is taken. */
const PHOTO = "npm:@vladmandic/face-api/demo/sample1.jpg";
const OTHER = "npm:@vladmandic/face-api/demo/sample5.jpg";
const folder = useFolder();
const gallery = (...args: string[]) => patchbay(["gallery", ...args], { cwd: folder.path });
const made: GalleryValue = {
  kind: "gallery",
  network: "face-128",
  width: 3,
  entries: [
    { name: "Ada", photo: "a1.jpg", encoding: Float32Array.of(0.1, 0.2, 0.3) },
    { name: "Ada", photo: "a2.jpg", encoding: Float32Array.of(0.1, 0.25, 0.3) },
    { name: "Grace", encoding: Float32Array.of(-1, 0, 1) },
  ],
};
beforeAll(() => writeFile(folder.file("made.json"), serializeGallery(made)));

describe("enrol", () => {
  it("makes the file, adds photos, keeps one that is enrolled again once", async () => {
    const first = await gallery("enrol", "people.json", "Ada", PHOTO);
    expect(first.stderr).toBe("");
    expect([first.code, first.stdout]).toEqual([0, "enrolled Ada with 1 new photo in people.json (1 person)\n"]);
    const second = json(await gallery("enrol", "people.json", "Grace", OTHER, PHOTO, "--json", "--threads", "1"));
    expect(second).toEqual({ enrolled: { name: "Grace", added: 2, encodings: 2 }, network: "face-128", people: 2 });
    expect((await gallery("enrol", "people.json", "Ada", PHOTO)).stdout).toContain("with 0 new photos, 1 known before,");
    const value = parseGallery(await readFile(folder.file("people.json")));
    expect(value.entries.map((e) => [e.name, e.photo, e.encoding.length])).toEqual([["Ada", "sample1.jpg", 128], ["Grace", "sample5.jpg", 128], ["Grace", "sample1.jpg", 128]]);
    expect((await readdir(folder.path)).filter((name) => name.includes(".tmp"))).toEqual([]);
  });
  it("loses nobody when several processes change one file at once", async () => {
    await writeFile(folder.file("busy.json"), serializeGallery({ ...made, entries: Array.from({ length: 12 }, (_, i) => ({ name: `person ${i}`, encoding: Float32Array.of(i, 0, 0) })) }));
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => gallery("remove", "busy.json", `person ${i}`)));
    expect(outcomes.map((o) => o.code + o.stderr)).toEqual(outcomes.map(() => "0"));
    expect(parseGallery(await readFile(folder.file("busy.json"))).entries.map((e) => e.name)).toEqual(["person 8", "person 9", "person 10", "person 11"]);
    expect((await readdir(folder.path)).filter((name) => name.includes("busy") && name !== "busy.json")).toEqual([]);
  });
  it("goes on when a killed process left its lock behind", async () => {
    await writeFile(folder.file("left.json"), serializeGallery(made));
    await writeFile(folder.file(".left.json.lock"), "");
    await utimes(folder.file(".left.json.lock"), new Date(0), new Date(0));
    expect((await gallery("remove", "left.json", "Ada")).code).toBe(0);
  });
  it("enrols nobody when one of the photos shows no face", async () => {
    await sharp({ create: { width: 120, height: 90, channels: 3, background: "#7a8b9c" } }).png().toFile(folder.file("wall.png"));
    const { code, stdout, stderr } = await gallery("enrol", "nobody.json", "Ada", PHOTO, "wall.png");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: wall\.png: .*[Nn]o face.* Nobody was enrolled\.\n$/);
    await expect(stat(folder.file("nobody.json"))).rejects.toThrow();
  });
  it.each([
    [["enrol", "p.json", "Ada", "none.jpg"], 2, 'There is no file "none.jpg"'],
    [["enrol", "p.json", "  ", PHOTO], 2, "A person's name has"],
    [["enrol", "none/p.json", "Ada", PHOTO], 2, "there is no folder"],
    [["enrol", ".", "Ada", PHOTO], 2, "is a folder; name a file"],
    [["enrol", "p.json", "Ada", PHOTO, "--backend", "abacus"], 2, "There is no backend"],
    [["enrol", "p.json", "Ada"], 2, "missing required argument 'photo'"],
  ] as const)("%j", async (args, code, sentence) => {
    const outcome = await gallery(...args);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.code).toBe(code);
  });
  it("keeps the encodings of two networks apart", async () => {
    await writeFile(folder.file("other.json"), serializeGallery({ ...made, network: "another" }));
    const before = await readFile(folder.file("other.json"));
    const { code, stderr } = await gallery("enrol", "other.json", "Ada", PHOTO);
    expect(code).toBe(1);
    expect(stderr).toMatch(/holds encodings by the network another \(3 numbers\); these are by face-128 \(128 numbers\)/);
    expect(await readFile(folder.file("other.json"))).toEqual(before);
  });
});

describe("list, remove, verify", () => {
  it("lists people with their photos", async () => {
    expect((await gallery("list", "made.json")).stdout).toBe("Ada    2 encodings  a1.jpg, a2.jpg\nGrace  1 encoding\n");
    expect(json(await gallery("list", "made.json", "--json"))).toEqual({ network: "face-128", width: 3, people: [{ name: "Ada", photos: ["a1.jpg", "a2.jpg"], encodings: 2 }, { name: "Grace", photos: [], encodings: 1 }] });
  });
  it("verifies the checksum and names the network", async () => {
    expect(await gallery("verify", "made.json")).toEqual({ code: 0, stderr: "", stdout: "ok made.json: checksum matches; 2 people, 3 encodings of 3 numbers by the network face-128\n" });
    expect(json(await gallery("verify", "made.json", "--json"))).toEqual({ ok: true, network: "face-128", width: 3, people: 2, encodings: 3 });
  });
  it("tells the calibration that a gallery carries, which editing keeps", async () => {
    const estimate = (value: number) => ({ value, low: value, high: value });
    const calibration: CalibrationValue = {
      kind: "calibration", network: made.network, metric: "euclidean", pairs: { same: 80, different: 700 }, people: 8, auc: estimate(0.99), eer: { ...estimate(0.0125), threshold: 0.65 },
      points: [{ threshold: 0.5, far: 0, frr: 0.1 }, { threshold: 0.7, far: 0.02, frr: 0 }], histogram: { from: 0, width: 0.5, same: [80, 0], different: [0, 700] },
      chosen: { rule: "FAR ≤ 0.01", threshold: { value: 0.64024, low: 0.6, high: 0.7 }, far: estimate(0.01), frr: estimate(0.025) }, confidence: { share: 0.95, samples: 200 },
    };
    await writeFile(folder.file("calibrated.json"), serializeGallery({ ...made, calibration }));
    await gallery("remove", "calibrated.json", "Grace");
    expect((await gallery("verify", "calibrated.json")).stdout).toMatch(/1 person, 2 encodings .*; calibrated on 8 people: FAR ≤ 0.01 at τ 0.6402\n$/);
    expect(json(await gallery("verify", "calibrated.json", "--json"))).toMatchObject({ calibration: { rule: "FAR ≤ 0.01", metric: "euclidean", threshold: { value: 0.64024 }, people: 8 } });
  });
  it("removes a person with all photos, and nobody else", async () => {
    await writeFile(folder.file("shrinking.json"), serializeGallery(made));
    await chmod(folder.file("shrinking.json"), 0o600);
    expect((await gallery("remove", "shrinking.json", "Ada")).stdout).toBe("removed Ada (2 encodings) from shrinking.json\n");
    expect(parseGallery(await readFile(folder.file("shrinking.json"))).entries).toEqual([made.entries[2]]);
    expect((await stat(folder.file("shrinking.json"))).mode & 0o777).toBe(0o600);
    const unknown = await gallery("remove", "shrinking.json", "Ada");
    expect([unknown.code, unknown.stderr]).toEqual([2, 'error: shrinking.json holds nobody called "Ada"; it holds Grace.\n']);
    expect(json(await gallery("remove", "shrinking.json", "Grace", "--json"))).toEqual({ removed: { name: "Grace", encodings: 1 }, people: 0 });
    expect((await gallery("list", "shrinking.json")).stdout).toBe("nobody is enrolled\n");
  });
  it("says when there is no file", async () => {
    for (const args of [["list", "no.json"], ["verify", "no.json"], ["remove", "no.json", "Ada"]]) expect(await gallery(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no gallery file no.json.") });
  });
});

describe("a damaged gallery", () => {
  const whole = new TextDecoder().decode(serializeGallery(made));
  const damages: [string, string | Uint8Array][] = [
    ["one number changed", whole.replace("Ada", "Eve")],
    ["cut short", whole.slice(0, whole.length / 2)],
    ["no gallery at all", '{"format":"patchbay-graph","version":1}'],
    ["written by a later version", whole.replace('"version": 1', '"version": 99')],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)],
    ["empty", ""],
  ];
  it.each(damages)("(%s) is reported by every command and stays as it is, byte for byte", async (_what, content) => {
    await writeFile(folder.file("damaged.json"), content);
    const before = await readFile(folder.file("damaged.json"));
    for (const args of [["verify", "damaged.json"], ["list", "damaged.json"], ["remove", "damaged.json", "Ada"], ["enrol", "damaged.json", "Ada", PHOTO]]) {
      const { code, stdout, stderr } = await gallery(...args);
      expect(stderr).toMatch(/^error: damaged\.json (?:is damaged|is not a gallery|was written by a newer version)/);
      expect([code, stdout]).toEqual([1, ""]);
      expect(await readFile(folder.file("damaged.json"))).toEqual(before);
    }
    expect(json(await gallery("verify", "damaged.json", "--json"))).toMatchObject({ ok: false, error: expect.stringContaining("damaged.json") });
  });
  it("is not overwritten by a graph's output either; a good one is", async () => {
    const enrolling = graph(
      [node("e", "Constant", { values: [[0.5, 0.5, 0.5]] }), node("enrol", "Enrol", { name: "Ada" })],
      [["e.value", "enrol.encodings"]], [], [{ name: "gallery", node: "enrol", port: "gallery" }],
    );
    await save(folder.file("enrolling.json"), enrolling);
    await writeFile(folder.file("damaged.json"), whole.replace("Ada", "Eve"));
    const before = await readFile(folder.file("damaged.json"));
    const refused = await patchbay(["run", "enrolling.json", "--output", "gallery=damaged.json"], { cwd: folder.path });
    expect([refused.code, refused.stderr.includes("damaged.json is damaged")]).toEqual([1, true]);
    expect(await readFile(folder.file("damaged.json"))).toEqual(before);
    await writeFile(folder.file("good.json"), whole);
    const saved = await patchbay(["run", "enrolling.json", "--output", "gallery=good.json"], { cwd: folder.path });
    expect(saved).toMatchObject({ code: 0, stdout: expect.stringContaining("gallery of 1 person, 1 photo") });
    expect(parseGallery(await readFile(folder.file("good.json"))).entries[0]!.name).toBe("Ada");
  });
  it.runIf(getuid?.() !== 0)("a folder without permission is told before any work", async () => {
    await mkdir(folder.file("locked"));
    await savePicture(folder.file("p.png"), 8, 8);
    await chmod(folder.file("locked"), 0o500);
    expect((await gallery("enrol", "locked/g.json", "Ada", "p.png")).stderr).toContain("permission denied");
  });
});
