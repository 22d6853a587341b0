import { expect, test } from "vitest";
import { durationText, sizeText } from "./size-text.ts";

test("sizes and durations have a unit that fits them", () => {
  expect([512, 22_400, 5_600_000, 22_449_455, 1_234_000_000].map(sizeText)).toEqual(["512 B", "22 kB", "5.6 MB", "22 MB", "1.23 GB"]);
  expect([0.2, 12.4, 840, 12_340, 95_000].map(durationText)).toEqual(["under 1 ms", "12 ms", "0.84 s", "12.3 s", "1 min 35 s"]);
});
