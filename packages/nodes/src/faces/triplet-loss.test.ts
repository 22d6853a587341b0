/** A collapse is named where every triplet costs the margin, and nowhere else. */
import { expect, it } from "vitest";
import { tripletLoss } from "./triplet-loss.ts";

const told = (spread: number, margin = 0.2) => tripletLoss.notices!({ spread }, { margin }).map((n) => n.code);

it("encodings whose mean squared distance 2·spread² is below a hundredth of the margin have collapsed", () => {
  // Hard triplets at a learning rate of 0.05 end there within ten steps, at a mean loss of 0.2004 and an EER of 50 %.
  expect(told(0.0267)).toEqual(["collapsed"]);
  expect(told(0.0317)).toEqual([]);
  expect(told(0.0317, 2)).toEqual(["collapsed"]);
});

it("an untrained encoder and a margin of nothing have not", () => {
  expect(told(0.36)).toEqual([]);
  expect(told(0, 0)).toEqual([]);
});
