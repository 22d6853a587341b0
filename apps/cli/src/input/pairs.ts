/** `NAME=VALUE` on the command line, split at the first `=`. */
import { usage } from "../exit.ts";

export interface Pair {
  name: string;
  value: string;
  /** The option as it was typed, for messages. */
  option: string;
}

/** Collects a repeatable `--option NAME=VALUE`. Throws a usage error when there is no name or no `=`. */
export function collectPair(option: string, form: string): (text: string, before: readonly Pair[] | undefined) => readonly Pair[] {
  return (text, before = []) => {
    const at = text.indexOf("=");
    if (at < 1) throw usage(`${option} is given as ${form}; "${text}" has no ${at === 0 ? "name before the" : ""} "=".`.replace("no  ", "no "));
    return [...before, { name: text.slice(0, at), value: text.slice(at + 1), option }];
  };
}

/** Collects a repeatable option. */
export const collect = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

/** A whole number of at least `least`. */
export function wholeNumber(option: string, least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) throw usage(`${option} takes a whole number of at least ${least}${most < Number.MAX_SAFE_INTEGER ? ` and at most ${most}` : ""}; "${text}" is not one.`);
    return value;
  };
}
