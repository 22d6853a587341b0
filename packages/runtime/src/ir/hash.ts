/** The identity of a program: the same for the same computation under the same names, whatever its value ids. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Program, ValueId } from "./program.ts";
import type { TensorData } from "./tensor.ts";

const digest = (parts: readonly (string | Uint8Array)[]): string => {
  const hash = sha256.create();
  for (const part of parts) hash.update(typeof part === "string" ? utf8ToBytes(part) : part);
  return bytesToHex(hash.digest());
};

/** Contents of constants hash once per array: weights are shared by many programs and never change. */
const hashed = new WeakMap<TensorData, string>();

function hashTensor(t: TensorData): string {
  let known = hashed.get(t);
  if (known === undefined) {
    known = digest([`${t.dtype}[${t.shape}]`, new Uint8Array(t.data.buffer, t.data.byteOffset, t.data.byteLength)]);
    hashed.set(t, known);
  }
  return known;
}

/** Attributes as text, equal where they mean the same: keys sorted; the numbers that JSON lacks (∞, NaN, −0) by name; constants by content. */
export function canonical(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    if ("data" in value) return hashTensor(value as TensorData);
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * Sha-256 in hexadecimal of a program's input types, equations in order, and outputs. Independent of the numbering of
 * values, of holes in it, of the order in which inputs and outputs are listed, and of whether equal constants are shared objects;
 * dependent on the names of inputs and outputs, on attributes, and on the contents of constants.
 */
export function hashProgram(program: Program): string {
  const names = new Map<ValueId, string>();
  const byName = <T extends { name: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines: string[] = [];
  for (const { name, value } of byName(program.inputs)) {
    names.set(value, JSON.stringify(name));
    lines.push(`in ${JSON.stringify(name)} ${program.types[value]!.dtype}[${program.types[value]!.shape}]`);
  }
  let next = 0;
  for (const e of program.equations) {
    for (const id of e.outputs) names.set(id, String(next++));
    lines.push(`${e.op} ${canonical(e.attrs)} ${e.inputs.map((id) => names.get(id)).join(" ")}`);
  }
  for (const { name, value } of byName(program.outputs)) lines.push(`out ${JSON.stringify(name)} ${names.get(value)}`);
  return digest([lines.join("\n")]);
}
