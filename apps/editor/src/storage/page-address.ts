/** The open graph in the page's address, so that a tab keeps its graph when it is reloaded, and Back leads to the graph before. */

const HASH = /^#g=([A-Za-z0-9_-]{1,64})$/;

/** The graph that an address asks for; null where it asks for none. */
export const graphInAddress = (hash: string): string | null => HASH.exec(hash)?.[1] ?? null;

/** `replace`: without another step in the tab's history. */
export function showInAddress(id: string, { replace = false }: { replace?: boolean } = {}): void {
  const { location, history } = globalThis;
  if (!location || !history || graphInAddress(location.hash) === id) return;
  const url = `${location.pathname}${location.search}#g=${id}`;
  if (replace) history.replaceState(history.state, "", url);
  else history.pushState(null, "", url);
}

/** Calls back when the person goes to another graph's address, or to one with anything else behind the `#`. Returns how to end it. */
export function onAddress(go: (id: string) => void, other: (hash: string) => void): () => void {
  const { window } = globalThis;
  if (!window) return () => {};
  let last = window.location.hash;
  const moved = (): void => {
    const { hash } = window.location;
    if (hash === last) return;
    last = hash;
    const id = graphInAddress(hash);
    if (id !== null) go(id);
    else other(hash);
  };
  window.addEventListener("popstate", moved);
  window.addEventListener("hashchange", moved);
  return () => {
    window.removeEventListener("popstate", moved);
    window.removeEventListener("hashchange", moved);
  };
}
