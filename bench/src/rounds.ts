/** Both sides in turn, so that whatever else the machine does falls on both; and medians, which an outlier does not move. */

/** Ours, peer, ours, peer …; where there is no peer, ours alone. */
export async function interleave<Ours, Peer>(rounds: number, ours: () => Ours | Promise<Ours>, peer?: () => Peer | Promise<Peer>): Promise<{ ours: Ours[]; peer: Peer[] }> {
  const results: { ours: Ours[]; peer: Peer[] } = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    results.ours.push(await ours());
    if (peer) results.peer.push(await peer());
  }
  return results;
}

/** @throws RangeError for an empty list. */
export function median(values: readonly number[]): number {
  if (!values.length) throw new RangeError("An empty list has no median.");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds that the work takes. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
