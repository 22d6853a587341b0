/** What a node of a network file says beside its inputs, read with the type that the operator gives it. */
import type { Known } from "./known.ts";

export type AttributeValue = number | string | boolean | readonly number[] | readonly string[] | Known;

/** An attribute of another type than the operator's: told as a damaged file by whoever reads the node. */
export class AttributeError extends Error {
  override name = "AttributeError";
}

export class Attributes {
  readonly #values: ReadonlyMap<string, AttributeValue>;
  readonly #read = new Set<string>();

  constructor(values: Iterable<readonly [string, AttributeValue]>) {
    this.#values = new Map(values);
  }

  /** Those that nothing has asked for: a rule that does not know an attribute must not write its operator as if there were none. */
  get unread(): readonly string[] {
    return [...this.#values.keys()].filter((name) => !this.#read.has(name));
  }

  has(name: string): boolean {
    this.#read.add(name);
    return this.#values.has(name);
  }

  /** As it stands. */
  raw(name: string): AttributeValue | undefined {
    this.#read.add(name);
    return this.#values.get(name);
  }

  number(name: string, otherwise: number): number {
    const v = this.raw(name);
    if (v === undefined) return otherwise;
    if (typeof v === "number") return v;
    throw new AttributeError(`its attribute ${name} is no number`);
  }

  /** A whole number. */
  int(name: string, otherwise: number): number {
    const v = this.number(name, otherwise);
    if (Number.isSafeInteger(v) || v === otherwise) return v;
    throw new AttributeError(`its attribute ${name} is no whole number`);
  }

  flag(name: string, otherwise = false): boolean {
    const v = this.raw(name);
    return typeof v === "boolean" ? v : this.number(name, otherwise ? 1 : 0) !== 0;
  }

  text(name: string, otherwise: string): string {
    const v = this.raw(name);
    if (v === undefined) return otherwise;
    if (typeof v === "string") return v;
    throw new AttributeError(`its attribute ${name} is no text`);
  }

  numbers(name: string): readonly number[] | undefined {
    const v = this.raw(name);
    if (v === undefined) return undefined;
    if (Array.isArray(v) && v.every((x) => typeof x === "number")) return v as number[];
    throw new AttributeError(`its attribute ${name} is no list of numbers`);
  }
}
