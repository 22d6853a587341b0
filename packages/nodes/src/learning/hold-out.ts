/** Which examples are held out to measure on what is learned: whole people, or some of each class. */
import { NodeFailure } from "@patchbay/runtime/node-api";
import { seededUniform } from "../seeded.ts";
import { listed } from "../port-types.ts";
import type { ChoiceParam, NumberParam } from "@patchbay/graph-core";

export type SplitBy = "identity" | "stratified";

export const HOLD_OUT: NumberParam = { name: "holdOut", title: "Held out", kind: "number", default: 0.25, min: 0, max: 0.9, step: 0.05, help: "The share that is kept from training, to measure on; 0 keeps nothing." };
export const SPLIT: ChoiceParam = {
  name: "split", title: "Split", kind: "choice", default: "identity", help: "What is held out.",
  choices: [
    { value: "identity", title: "Whole people", help: "Nobody who is held out is seen in training: what counts for encoders and verifiers." },
    { value: "stratified", title: "Some of every class", help: "Each class with the same share: what counts for classifiers." },
  ],
};

/** A random order of 0…n−1 (Fisher and Yates). */
export function shuffled(n: number, next: () => number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * By example: 1 where it is held out. By `identity`, people with several photos and those with one are each held out by their share, at least
 * two people and never all but one, so that both parts hold pairs of one person and of different people.
 * Throws NodeFailure `no-pairs` where nobody has two examples, `too-few-people`, or `one-example` for a class that cannot be split.
 */
export function holdOut(labels: Int32Array, classes: readonly string[], { share, by, seed }: { share: number; by: SplitBy; seed: number }): Uint8Array {
  const members = classes.map(() => [] as number[]);
  labels.forEach((label, i) => members[label]!.push(i));
  const several = members.flatMap((m, c) => (m.length > 1 ? [c] : []));
  const single = members.flatMap((m, c) => (m.length === 1 ? [c] : []));
  if (several.length === 0) throw new NodeFailure("no-pairs", `Nobody has two photos: ${classes.length === 1 ? "the one class holds" : `${classes.length} classes hold`} one example${classes.length === 1 ? "" : " each"}. Learning who is the same needs two photos or more of at least one person; put a person's photos into one folder.`, { param: "file" });
  const held = new Uint8Array(labels.length);
  if (share === 0) return held;
  const next = seededUniform(seed);
  if (by === "stratified") {
    if (single.length) throw new NodeFailure("one-example", `${naming(single.map((c) => classes[c]!))} ${single.length === 1 ? "has" : "have"} one example, which cannot be both learned from and held out: add examples, or hold out whole people.`, { param: "split" });
    for (const m of members) {
      const count = Math.min(m.length - 1, Math.max(1, Math.round(share * m.length)));
      for (const i of shuffled(m.length, next).slice(0, count)) held[m[i]!] = 1;
    }
    return held;
  }
  if (several.length < 2 || classes.length < 4)
    throw new NodeFailure("too-few-people", `${several.length} of ${classes.length} people have two photos or more; to hold out whole people, two such are needed among four people or more, so that both parts hold same and different people. Add people, or hold out some of every class.`, { param: "split" });
  let withSeveral = Math.min(several.length - 1, Math.max(1, Math.round(share * several.length)));
  let withOne = Math.round(share * single.length);
  // At least two people on either side.
  while (withSeveral + withOne < 2) if (withSeveral < several.length - 1) withSeveral++; else withOne++;
  while (classes.length - withSeveral - withOne < 2) if (withOne > 0) withOne--; else withSeveral--;
  const chosen = [...shuffled(several.length, next).slice(0, withSeveral).map((i) => several[i]!), ...shuffled(single.length, next).slice(0, withOne).map((i) => single[i]!)];
  for (const c of chosen) for (const i of members[c]!) held[i] = 1;
  return held;
}

/** `“a”, “b” and 3 more`. */
export const naming = (names: readonly string[], most = 5): string => listed([...names.slice(0, most).map((n) => `“${n}”`), ...(names.length > most ? [`${names.length - most} more`] : [])]);
