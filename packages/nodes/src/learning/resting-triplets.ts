/** Triplets that were found to keep the margin: they are not fed again until they have rested, as they teach nothing. */
import { tensor, type TensorData } from "@patchbay/runtime/node-api";

export class RestingTriplets {
  readonly #examples: number;
  readonly #rest: number;
  /** By triplet the step at which it was found satisfied, oldest first. */
  #since = new Map<number, number>();

  /** @param examples how many there are, of which triplets are made @param rest for how many steps one rests; 0: none does */
  constructor(examples: number, rest: number) {
    this.#examples = examples;
    this.#rest = rest;
  }

  get size(): number {
    return this.#since.size;
  }

  #key(anchor: number, positive: number, negative: number): number {
    return (anchor * this.#examples + positive) * this.#examples + negative;
  }

  has(anchor: number, positive: number, negative: number): boolean {
    return this.#since.size > 0 && this.#since.has(this.#key(anchor, positive, negative));
  }

  add(anchor: number, positive: number, negative: number, step: number): void {
    if (this.#rest === 0) return;
    const key = this.#key(anchor, positive, negative);
    // Taken out first, so that the newest are last.
    this.#since.delete(key);
    this.#since.set(key, step);
  }

  /** Those that have rested may be fed again. */
  wake(step: number): void {
    for (const [key, since] of this.#since) {
      if (step - since <= this.#rest) break;
      this.#since.delete(key);
    }
  }

  /** `[n,4]`: anchor, positive, negative, step. */
  state(): TensorData {
    const rows = [...this.#since].flatMap(([key, step]) => {
      const pair = Math.floor(key / this.#examples);
      return [Math.floor(pair / this.#examples), pair % this.#examples, key % this.#examples, step];
    });
    return tensor("int32", [rows.length / 4, 4], rows);
  }

  restore({ data }: TensorData): void {
    this.#since = new Map();
    for (let i = 0; i + 3 < data.length; i += 4) this.#since.set(this.#key(data[i]!, data[i + 1]!, data[i + 2]!), data[i + 3]!);
  }
}
