/** What to be careful with in a calibration: full sentences, for the node's warnings and for the page. */
import type { LabelledPairs } from "./labelled-pairs.ts";
import { count, tooFine, type Rule } from "./rule.ts";

/** With fewer people, drawing them again says little about others. */
const FEW_PEOPLE = 10;

/** `sampled`: whether drawing people again worked out. */
export function notesOn(labelled: LabelledPairs, rule: Rule, sampled: boolean): { readonly code: string; readonly message: string }[] {
  const notes: { code: string; message: string }[] = [];
  const fine = tooFine(rule, labelled);
  if (fine) notes.push({ code: "too-few-pairs", message: fine });
  if (labelled.leftOut) notes.push({ code: "pairs-left-out", message: `There are too many pairs to compare all: ${count(labelled.leftOut)} pairs of different people were left out by chance.` });
  if (labelled.people === 0) notes.push({ code: "pairs-drawn", message: "Nobody knows who is on these pairs, so that the intervals come from drawing pairs: they are too narrow where people appear in several." });
  else if (labelled.people < FEW_PEOPLE) notes.push({ code: "few-people", message: `These are pictures of ${labelled.people} people: what holds for other people may lie well outside of the intervals.` });
  if (!sampled) notes.push({ code: "no-intervals", message: "Too few people have two pictures for drawing people again: there are no intervals." });
  return notes;
}
