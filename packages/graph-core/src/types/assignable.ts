/** May a value of one type go into a port of another, and if not, why: the question the editor asks while a wire is drawn. */
import { convert } from "./convert.ts";
import { bindPattern, mismatchSentence } from "./pattern.ts";
import type { PortType } from "./port-type.ts";

export type Assignability = { ok: true } | { ok: false; reason: string };

/** `to` may contain shape variables; the reason is one or two full sentences that name both sides. */
export function assignable(from: PortType, to: PortType): Assignability {
  const match = bindPattern(from, to);
  return match.ok ? { ok: true } : { ok: false, reason: mismatchSentence(from, to, match) };
}

/** The type that arrives after the conversion a wire makes (`image` → `float32 [1,H,W,3]`); `from` itself if none applies. */
export function coerce(from: PortType, to: PortType): PortType {
  const match = bindPattern(from, to);
  return match.ok ? match.type : convert(from, to);
}

/** The alternatives of an input port as a list. */
export const alternatives = (type: PortType | readonly PortType[]): readonly PortType[] => (Array.isArray(type) ? type : [type as PortType]);
