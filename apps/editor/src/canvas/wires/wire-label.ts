/** How much of a text has room on a wire. */

/** Of the 11 px letters that stand on wires. */
const LETTER = 6.1;
const ENDS = 30;

/** The text, shortened at its end where the wire is short; empty where nothing readable would be left. */
export function wireLabel(text: string, distance: number): string {
  const room = Math.floor((distance - ENDS) / LETTER);
  if (text.length <= room) return text;
  // A shape says more than a dtype: float32 is what nearly everything is.
  const shape = /\[.*\]$|\d.*×.*$/.exec(text)?.[0];
  if (shape && shape.length <= room) return shape;
  return room < 6 ? "" : `${(shape ?? text).slice(0, room - 1)}…`;
}

export const wireName = (from: string, to: string, label: string, problem: string | null): string => `Wire from ${from} to ${to}${label ? `, ${label}` : ""}${problem ? `. ${problem}` : ""}`;
