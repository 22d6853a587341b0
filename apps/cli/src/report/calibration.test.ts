/** A face report's calibration: the page and the numbers, with people and without. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CalibrationValue } from "@patchbay/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireCalibrationFiles, saveCalibration, type Measured } from "./calibration.ts";

let folder = "";
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), "calibration-")); });
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Four people with three photos each, on a line: one person's lie within 2, others' 8 or more apart, but for one photo that strays. */
const at = [0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 24];
const people = at.map((_, i) => "abcd"[Math.floor(i / 3)]!);
const pairs = at.flatMap((x, i) => at.slice(i + 1).map((y, k) => ({ distance: Math.abs(x - y), same: people[i] === people[i + 1 + k] })));
const measured: Measured = { encodings: at.map((x) => Float32Array.of(x)), people, pairs };
const saved = async (what: Measured, far?: number) => {
  const files = ["page.html", "numbers.json"].map((name) => path.join(folder, name));
  await requireCalibrationFiles(files);
  await saveCalibration(what, files, far);
  return { page: await readFile(files[0]!, "utf8"), numbers: JSON.parse(await readFile(files[1]!, "utf8")) as CalibrationValue };
};

describe("--calibration", () => {
  it("saves the page and the numbers, by people", async () => {
    const { page, numbers } = await saved(measured, 0.05);
    // 12 pairs of one person, two of them astray at 6 and 7; of 54 others 2 (5 %: 2.7) may pass: the nearest are at 2, 3, 4.
    expect(numbers).toMatchObject({ kind: "calibration", network: "face-128", people: 4, pairs: { same: 12, different: 54 }, chosen: { rule: "FAR ≤ 0.05", threshold: { value: 3 }, far: { value: 2 / 54 } } });
    expect(numbers.chosen.frr.value).toBeCloseTo(2 / 12, 12);
    expect(page).toContain("pictures of 4 people");
  });

  it("takes pairs as they are where nobody knows who is on them", async () => {
    const { page, numbers } = await saved({ encodings: measured.encodings, pairs });
    expect(numbers).toMatchObject({ people: 0, pairs: { same: 12, different: 54 }, chosen: { rule: "EER" } });
    expect(page).toContain("Nobody knows who is on these pairs");
  });

  it("refuses another ending, and a folder that is not there, before anything is computed", async () => {
    await expect(requireCalibrationFiles(["curve.png"])).rejects.toThrow("not curve.png");
    await expect(requireCalibrationFiles([path.join(folder, "none", "page.html")])).rejects.toThrow("--calibration");
  });
});
