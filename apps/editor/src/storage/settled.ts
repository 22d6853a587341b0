/** The end of a transaction that was asked for in one go: written whole, or the reason why it was not. */

/**
 * Resolves when the transaction is written. Rejects with what says most about why it was not: the first request that
 * failed by itself, else the transaction's own error.
 *
 * Requests are heard and never waited for: Chromium, out of room while a transaction that has been committed still has
 * requests to answer, ends the transaction and leaves those without any answer.
 */
export async function settled(tx: { readonly done: Promise<void>; commit(): void }, requests: readonly Promise<unknown>[]): Promise<void> {
  let failed: { readonly error: unknown } | null = null;
  for (const request of requests) request.catch((error: unknown) => void (isAborted(error) || (failed ??= { error })));
  try {
    tx.commit();
  } catch {
    // It has failed already.
  }
  try {
    await tx.done;
  } catch (error) {
    throw (failed as { readonly error: unknown } | null)?.error ?? error;
  }
}

/** Failed with its transaction, not by itself. */
const isAborted = (error: unknown): boolean => (error as { name?: unknown } | null)?.name === "AbortError";
