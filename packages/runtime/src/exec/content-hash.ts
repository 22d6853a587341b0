/** Content hashes of values and bytes, by the platform's own SHA-256. */
import { canonicalJson } from "@patchbay/graph-core";

type NodeCrypto = { createHash(algorithm: "sha256"): { update(bytes: Uint8Array): { digest(encoding: "hex"): string } } };
const builtin = (globalThis as { process?: { getBuiltinModule?(name: "node:crypto"): NodeCrypto | undefined } }).process?.getBuiltinModule;

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

/**
 * Node's own hash neither copies the bytes nor waits for a thread, as `crypto.subtle` does: a run hashes every input, and
 * of a batch of pictures that alone cost as much as a quarter of encoding them.
 */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const node = builtin?.("node:crypto");
  if (node) return node.createHash("sha256").update(bytes).digest("hex");
  return hex(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
}

export const hashText = (text: string): Promise<string> => hashBytes(new TextEncoder().encode(text));

/** Any plain value with typed arrays in it; equal values have equal hashes. */
export async function hashValue(value: unknown): Promise<string> {
  const arrays: Promise<string>[] = [];
  const plain = (v: unknown): unknown => {
    if (ArrayBuffer.isView(v)) {
      const at = arrays.push(hashBytes(new Uint8Array(v.buffer as ArrayBuffer, v.byteOffset, v.byteLength))) - 1;
      return { array: at };
    }
    if (Array.isArray(v)) return v.map(plain);
    if (v && typeof v === "object") return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, plain(x)]));
    return typeof v === "number" && !Number.isFinite(v) ? String(v) : v;
  };
  const shape = plain(value);
  return hashText(canonicalJson([shape, await Promise.all(arrays)] as never));
}
