/** Looks over JSON text before it is parsed: how deep it nests and how much it holds. One pass, no recursion. */
import type { Limits } from "./limits.ts";

/** A sentence about the limit that the text exceeds, or `null`. */
export function scanText(text: string, limits: Limits): { code: string; message: string } | null {
  if (text.length > limits.characters)
    return { code: "too-large", message: `The file has ${text.length} characters; at most ${limits.characters} are read.` };
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++; // a backslash: whatever follows does not end the string
      else if (c === 0x22) inString = false;
      continue;
    }
    if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) {
      values++;
      if (++depth > limits.depth) return { code: "too-deep", message: `The file nests lists and objects more than ${limits.depth} deep (at character ${i + 1}).` };
    } else if (c === 0x5d || c === 0x7d) depth--;
    else if (c === 0x2c && ++values > limits.values) return { code: "too-large", message: `The file holds more than ${limits.values} values.` };
  }
  return null;
}
