/** The page is hidden, left or closed: the last moment at which anything can be written. */

export interface LeavingOptions {
  /** Must have asked storage for everything when it returns. */
  flush(): void;
  /** Whether edits would be lost. */
  isUnsaved(): boolean;
}

/** Returns how to end it. */
export function onLeaving({ flush, isUnsaved }: LeavingOptions): () => void {
  const { window, document } = globalThis;
  if (!window || !document) return () => {};
  const hidden = (): void => {
    if (document.visibilityState === "hidden") flush();
  };
  const asked = (event: BeforeUnloadEvent): void => {
    flush();
    if (isUnsaved()) event.preventDefault();
  };
  window.addEventListener("pagehide", flush);
  window.addEventListener("beforeunload", asked);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    window.removeEventListener("pagehide", flush);
    window.removeEventListener("beforeunload", asked);
    document.removeEventListener("visibilitychange", hidden);
  };
}
