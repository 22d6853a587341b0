/** Keeps, channel by channel, the places where a layer answered most strongly over many pictures. */
import type { TensorData } from "@patchbay/runtime/node-api";

export interface Place {
  readonly picture: number;
  readonly activation: number;
  readonly row: number;
  readonly column: number;
}

/** The best places of every channel of one layer, best first. */
export class Strongest {
  readonly #best: Place[][];
  /** Sum of a channel's mean activations, picture by picture. */
  readonly #sums: Float64Array;
  #pictures = 0;
  readonly #count: number;
  readonly #onePerPicture: boolean;

  constructor(channels: number, count: number, onePerPicture: boolean) {
    this.#best = Array.from({ length: channels }, () => []);
    this.#sums = new Float64Array(channels);
    this.#count = count;
    this.#onePerPicture = onePerPicture;
  }

  /** `values` and `indices` `[C,k]`, sorted best first, of one picture; indices count the layer's positions row by row. `means` `[C]`. */
  add(picture: number, values: TensorData, indices: TensorData, means: TensorData, width: number): void {
    const k = values.shape[1]!;
    this.#pictures++;
    for (const [channel, list] of this.#best.entries()) {
      this.#sums[channel]! += means.data[channel]!;
      for (let i = 0; i < (this.#onePerPicture ? 1 : k); i++) {
        const activation = values.data[channel * k + i]!;
        if (list.length === this.#count && activation <= list.at(-1)!.activation) break;
        const index = indices.data[channel * k + i]!;
        list.push({ picture, activation, row: Math.floor(index / width), column: index % width });
        list.sort((a, b) => b.activation - a.activation || a.picture - b.picture);
        if (list.length > this.#count) list.pop();
      }
    }
  }

  of(channel: number): readonly Place[] {
    return this.#best[channel] ?? [];
  }

  get channels(): number {
    return this.#best.length;
  }

  /** The channels that answer most selectively: by how far their best places lie above their mean. Channels that never fire come last. */
  selective(): number[] {
    const score = (channel: number): number => {
      const list = this.#best[channel]!;
      const top = list.reduce((n, p) => n + p.activation, 0) / Math.max(1, list.length);
      const mean = this.#sums[channel]! / Math.max(1, this.#pictures);
      return top > 0 ? top / (Math.abs(mean) + 1e-6 * top) : -Infinity;
    };
    const scores = this.#best.map((_, channel) => score(channel));
    return scores.map((_, channel) => channel).sort((a, b) => scores[b]! - scores[a]! || a - b);
  }
}
