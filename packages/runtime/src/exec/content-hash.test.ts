/** Node's hash and the browser's give the same, so that a manifest written in one can be checked in the other. */
import { expect, it, vi } from "vitest";
import { hashBytes, hashValue } from "./content-hash.ts";

const hex = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("hex");

it("hashes part of a buffer as crypto.subtle does", async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i).subarray(3, 700);
  expect(await hashBytes(bytes)).toBe(hex(await crypto.subtle.digest("SHA-256", bytes)));
  expect(await hashBytes(new TextEncoder().encode("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-4
});

it("gives the same where there is no node:crypto", async () => {
  const value = { a: [1, Infinity], picture: Float32Array.of(0.5, 1), nested: { ids: Int32Array.of(7) } };
  const inNode = await hashValue(value);
  vi.resetModules();
  vi.stubGlobal("process", { ...process, getBuiltinModule: undefined });
  const elsewhere = await (await import("./content-hash.ts")).hashValue(value);
  vi.unstubAllGlobals();
  expect(elsewhere).toBe(inNode);
  expect(await hashValue({ ...value, picture: Float32Array.of(0.5, 2) })).not.toBe(inNode);
});
