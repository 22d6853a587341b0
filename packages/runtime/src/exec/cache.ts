/** What is kept between runs: compiled programs, loaded weights and values of pure nodes, each bounded and least recently used first out. */
import type { Executable } from "../backends/backend.ts";
import type { RuntimeValue } from "../node-api/values.ts";

/** Bounded by a total weight; evicts what was used longest ago and is not held. */
export class LeastRecentlyUsed<T> {
  readonly #entries = new Map<string, { value: T; weight: number; holders: number }>();
  readonly #limit: number;
  readonly #evict: (value: T) => void;
  #weight = 0;

  constructor(limit: number, evict: (value: T) => void = () => {}) {
    this.#limit = limit;
    this.#evict = evict;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** A value heavier than the whole limit is not kept. */
  set(key: string, value: T, weight: number): void {
    this.delete(key);
    if (weight > this.#limit) return;
    this.#entries.set(key, { value, weight, holders: 0 });
    this.#weight += weight;
    this.#trim(key);
  }

  /** What an entry turned out to weigh, once that is known. */
  weigh(key: string, weight: number): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#weight += weight - entry.weight;
    entry.weight = weight;
    this.#trim(key);
  }

  /** Keeps an entry from being evicted until the returned function is called: a run holds the programs that it uses. */
  hold(key: string): () => void {
    const entry = this.#entries.get(key);
    if (!entry) return () => {};
    entry.holders++;
    return () => {
      entry.holders--;
      this.#trim();
    };
  }

  #trim(spared?: string): void {
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#limit) break;
      if (oldest === spared || entry.holders > 0) continue;
      this.delete(oldest);
      this.#evict(entry.value);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  values(): readonly T[] {
    return [...this.#entries.values()].map((e) => e.value);
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }
}

export interface CacheLimits {
  /** Bytes of node values; default 256 MiB. */
  values: number;
  /** Bytes that compiled programs hold, as estimated from their shapes (engines take up to twice that); default 512 MiB. What a run uses is kept while it goes on. */
  executables: number;
  /** Loaded weights and derived programs; default 64. */
  remembered: number;
}

/** Shared by the runs it is given to. `dispose` frees the engines' memory. */
export class RunCache {
  /** By the content hash of the node and all it depends on; outputs by port. */
  readonly values: LeastRecentlyUsed<{ readonly [port: string]: RuntimeValue }>;
  readonly executables: LeastRecentlyUsed<Promise<Executable>>;
  readonly remembered: LeastRecentlyUsed<unknown>;

  constructor(limits: Partial<CacheLimits> = {}) {
    this.values = new LeastRecentlyUsed(limits.values ?? 256 * 2 ** 20);
    this.executables = new LeastRecentlyUsed<Promise<Executable>>(limits.executables ?? 2 ** 29, release);
    this.remembered = new LeastRecentlyUsed<unknown>(limits.remembered ?? 64, release);
  }

  async dispose(): Promise<void> {
    const resources = [...this.executables.values(), ...this.remembered.values()];
    this.executables.clear();
    this.values.clear();
    this.remembered.clear();
    await Promise.all(resources.map(release));
  }
}

/** Frees what holds an engine's memory; anything else is left to the garbage collector. */
async function release(kept: unknown): Promise<void> {
  const value = await Promise.resolve(kept).catch(() => undefined);
  if (typeof value === "object" && value !== null && "dispose" in value && typeof value.dispose === "function") await (value.dispose as () => Promise<void>)().catch(() => {});
}
