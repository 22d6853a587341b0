/** Which examples a step is fed: orders that are drawn anew each epoch, the same for the same seed and step whatever was asked for before. */
import { NodeFailure, type DatasetValue } from "@patchbay/runtime/node-api";
import { seededUniform } from "../seeded.ts";
import { shuffled } from "./hold-out.ts";

/** Random numbers of a step, for one purpose. */
export const stepRandom = (seed: number, step: number, purpose: number): (() => number) => seededUniform((Math.imul(seed + 1, 0x27d4eb2d) + Math.imul(step + 1, 0x165667b1) + Math.imul(purpose + 1, 0x9e3779b1)) | 0);
export const PURPOSE = { order: 0, photos: 1, augment: 2, triplets: 3, pairs: 4 } as const;

/** The orders of 0…n−1, epoch by epoch; the last few are kept. */
function epochs(n: number, seed: number): (epoch: number) => readonly number[] {
  const kept = new Map<number, readonly number[]>();
  return (epoch) => {
    let order = kept.get(epoch);
    if (!order) {
      if (kept.size > 3) kept.clear();
      kept.set(epoch, (order = shuffled(n, stepRandom(seed, epoch, PURPOSE.order))));
    }
    return order;
  };
}

/** `count` of `n` things at each step, all of them once before any comes again. */
export function inTurn(n: number, count: number, seed: number): (step: number) => number[] {
  const order = epochs(n, seed);
  return (step) => Array.from({ length: count }, (_, i) => order(Math.floor((step * count + i) / n))[(step * count + i) % n]!);
}

/** Indices of examples that are held out, or of those that are not. */
export const partOf = ({ heldOut }: DatasetValue, held: 0 | 1): number[] => [...heldOut].flatMap((h, i) => (h === held ? [i] : []));

/**
 * `people` people with `photos` examples each, `[people · photos]` indices, person after person: everyone with two examples or more once an
 * epoch. Who has fewer than `photos` shows some of them twice. Throws NodeFailure `too-few-people`.
 */
export function peopleAndPhotos(dataset: DatasetValue, people: number, photos: number, seed: number): (step: number) => number[] {
  const members = dataset.classes.map(() => [] as number[]);
  for (const i of partOf(dataset, 0)) members[dataset.labels[i]!]!.push(i);
  const several = members.filter((m) => m.length > 1);
  if (several.length < people) throw new NodeFailure("too-few-people", `A batch takes ${people} people, and ${several.length} have two examples or more that are not held out. Take fewer people a batch, or add people.`, { param: "people" });
  const perEpoch = Math.floor(several.length / people);
  const order = epochs(several.length, seed);
  return (step) => {
    const next = stepRandom(seed, step, PURPOSE.photos);
    const from = (step % perEpoch) * people;
    return order(Math.floor(step / perEpoch)).slice(from, from + people).flatMap((person) => {
      const own = several[person]!;
      const picked = shuffled(own.length, next);
      return Array.from({ length: photos }, (_, i) => own[picked[i % own.length]!]!);
    });
  };
}

/** The indices in batches of one size; the last one is filled up with its last index, and `rows` says how many count. */
export function* inBatches<T>(all: readonly T[], size: number): Generator<{ indices: T[]; rows: number }> {
  for (let at = 0; at < all.length; at += size) {
    const part = all.slice(at, at + size);
    yield { indices: [...part, ...new Array<T>(size - part.length).fill(part.at(-1)!)], rows: part.length };
  }
}
