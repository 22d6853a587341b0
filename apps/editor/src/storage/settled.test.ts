import { expect, it } from "vitest";
import { settled } from "./settled.ts";

const failure = (name: string): DOMException => new DOMException("", name);
const failing = (name: string): Promise<never> => {
  const promise = Promise.reject(failure(name));
  promise.catch(() => {});
  return promise;
};
const ends = (done: Promise<void>): { done: Promise<void>; commit(): void } => ({ done, commit: () => {} });
/** A request that the browser never answers. */
const unanswered = new Promise<never>(() => {});

it("ends with the transaction, also where a request is never answered", async () => {
  await expect(settled(ends(failing("QuotaExceededError")), [Promise.resolve(), unanswered])).rejects.toMatchObject({ name: "QuotaExceededError" });
  await expect(settled(ends(Promise.resolve()), [Promise.resolve()])).resolves.toBeUndefined();
});

it("says why: the request that failed by itself before the transaction that only ended", async () => {
  await expect(settled(ends(failing("AbortError")), [failing("ConstraintError"), failing("AbortError")])).rejects.toMatchObject({ name: "ConstraintError" });
  await expect(settled(ends(failing("QuotaExceededError")), [failing("AbortError"), unanswered])).rejects.toMatchObject({ name: "QuotaExceededError" });
});

it("a transaction that ended before it was committed says so once", async () => {
  const commit = (): void => {
    throw failure("InvalidStateError");
  };
  await expect(settled({ done: failing("QuotaExceededError"), commit }, [])).rejects.toMatchObject({ name: "QuotaExceededError" });
});
