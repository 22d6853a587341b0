/** What is said where a graph is not saved, or cannot be edited here. */

export const OPEN_ELSEWHERE = "This graph is open in another tab. Its edits appear here; take it over to edit it in this one.";
export const REMOVED_ELSEWHERE = "This graph was deleted in another tab. Restore it there, or open another one.";

export const unreadableText = (why: string): string => `This graph cannot be opened. ${why} What is stored is left as it is, and can be downloaded.`;

/** A browser without room says so under one name, in whatever way it came. */
export const isQuota = (error: unknown): boolean => {
  const { name, cause, inner } = (error ?? {}) as { name?: unknown; cause?: unknown; inner?: unknown };
  return name === "QuotaExceededError" || (cause !== undefined && isQuota(cause)) || (inner !== undefined && isQuota(inner));
};

export function failureText(error: unknown): string {
  if (isQuota(error)) return "This browser has no room left, so the last edits are not saved; what was saved before is whole. Export the graph, or make room: it is tried again with the next edit.";
  const why = error instanceof Error && error.message ? ` (${error.message.replace(/\.$/, "")})` : "";
  return `The last edits could not be saved${why}; what was saved before is whole. Export the graph to be safe: it is tried again with the next edit.`;
}
