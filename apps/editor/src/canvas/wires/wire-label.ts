/** How much of a text has room on a wire. */

/** Of the 11 px letters that stand on wires. */
const LETTER = 6.1;
/** On a wire a text leaves some of the wire to be seen; over and under it there is none to leave. */
const ENDS = 30;
const EDGES = 6;
/** Fewer letters say nothing. */
const LEAST = 4;

/**
 * One line that stands on the wire; or two, over and under it, where it is short: the shape and then the dtype, a number and
 * then of what. Lines are cut at their ends; there are none where nothing readable would be left.
 */
export function wireLabel(text: string, distance: number): readonly string[] {
  if (text === "") return [];
  if (text.length <= Math.floor((distance - ENDS) / LETTER)) return [text];
  const room = Math.floor((distance - EDGES) / LETTER);
  if (room < LEAST) return [];
  return halves(text).map((half) => (half.length <= room ? half : `${half.slice(0, room - 1)}…`));
}

function halves(text: string): readonly string[] {
  const shape = /^(.*\S)\s+(\[.*\]|\S+×\S+)$/.exec(text);
  if (shape) return [shape[2]!, shape[1]!];
  const of = /^(.*\S) of (.+)$/.exec(text);
  return of ? [of[1]!, of[2]!] : [text];
}

export const wireName = (from: string, to: string, label: string, problem: string | null): string => `Wire from ${from} to ${to}${label ? `, ${label}` : ""}${problem ? `. ${problem}` : ""}`;
