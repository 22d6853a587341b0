import { expect, test } from "vitest";
import { firstSentence, firstSentences } from "./first-sentence.ts";

test("ends where a new sentence begins, and not at a number or an abbreviation", () => {
  expect(firstSentence("The distance of two encodings. Small means alike.")).toBe("The distance of two encodings.");
  expect(firstSentence("A threshold of 0.6, e.g. for faces, decides. More.")).toBe("A threshold of 0.6, e.g. for faces, decides.");
  expect(firstSentence("Who is on the photo? Its largest face is looked for.")).toBe("Who is on the photo?");
  expect(firstSentence("One sentence alone.")).toBe("One sentence alone.");
  expect(firstSentence("No end")).toBe("No end");
});

test("takes as many sentences as fit", () => {
  expect(firstSentences("Who is it? The nearest one. Nobody else is.", 30)).toBe("Who is it? The nearest one.");
  expect(firstSentences("Who is it? The nearest one. Nobody else is.", 5)).toBe("Who is it?");
  expect(firstSentences("Who is it? The nearest one.", 500)).toBe("Who is it? The nearest one.");
});
