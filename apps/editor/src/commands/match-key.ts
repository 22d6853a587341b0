/** Whether a key that was pressed is the one that a shortcut names, on whatever keyboard it was pressed. */
import { parseKeybinding } from "tinykeys";

/** The parts of a KeyboardEvent that count. */
export type Press = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">;

interface Wanted {
  readonly mods: ReadonlySet<string>;
  readonly key: string;
}

const SIGNS: { readonly [code: string]: readonly string[] } = { Slash: ["/"], Period: ["."], Comma: [","], Equal: ["=", "+"], Minus: ["-"], BracketLeft: ["["], BracketRight: ["]"], NumpadAdd: ["+"], NumpadSubtract: ["-"] };
const parsed = new Map<string, Wanted>();

function wanted(keys: string): Wanted {
  let known = parsed.get(keys);
  if (!known) {
    const [press] = parseKeybinding(keys);
    known = { mods: new Set(press![0]), key: String(press![1]) };
    parsed.set(keys, known);
  }
  return known;
}

/** `keys` as tinykeys writes one press: `$mod+Shift+KeyZ`. Letters count by what stands on them, where that is a Latin letter; signs whether or not Shift is needed to type them. */
export function matchesKey(event: Press, keys: string): boolean {
  const { mods, key } = wanted(keys);
  const signs = SIGNS[key] ?? (key.length === 1 && !/[a-z0-9]/i.test(key) ? [key] : null);
  const typed = signs?.includes(event.key) ?? false;
  // A sign may need Shift, or AltGr, which reads as Control with Alt.
  if (!typed && event.shiftKey !== mods.has("Shift")) return false;
  const altGr = typed && event.ctrlKey && event.altKey && mods.size === 0;
  if (!altGr && (event.altKey !== mods.has("Alt") || event.ctrlKey !== mods.has("Control") || event.metaKey !== mods.has("Meta"))) return false;
  if (signs) return typed || (event.code === key && !/^[!-~]$/.test(event.key));
  const letter = /^Key([A-Z])$/.exec(key)?.[1];
  // With Alt some keyboards type other letters.
  if (letter && !event.altKey && /^[a-z]$/i.test(event.key)) return event.key.toUpperCase() === letter;
  return event.code === key || event.key === key;
}
