/** The whole values of the last runs, as many as fit: what the page shows only summaries of can be fetched later. */
import { bytesOf, type RuntimeValue } from "@patchbay/runtime";

/** Bytes; most of them are held by the run's cache anyway. */
const LIMIT = 384 * 2 ** 20;

export class KeptValues {
  readonly #values = new Map<string, RuntimeValue>();
  readonly #limit: number;
  #bytes = 0;

  constructor(limit = LIMIT) {
    this.#limit = limit;
  }

  /** Under flat `node.port`. False when it is the very value that was kept there already. */
  set(key: string, value: RuntimeValue): boolean {
    const before = this.#values.get(key);
    this.delete(key);
    this.#values.set(key, value);
    this.#bytes += bytesOf(value);
    for (const oldest of this.#values.keys()) {
      if (this.#bytes <= this.#limit || oldest === key) break;
      this.delete(oldest);
    }
    return before !== value;
  }

  get(key: string): RuntimeValue | undefined {
    return this.#values.get(key);
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#values.delete(key);
    this.#bytes -= bytesOf(value);
  }

  /** Forgets those of nodes that are gone. */
  keepOnly(isThere: (node: string) => boolean): void {
    for (const key of this.#values.keys()) if (!isThere(key.slice(0, key.lastIndexOf(".")))) this.delete(key);
  }
}
