/** Which editor of the page gets the keys that are pressed while nothing on the page has the focus. */

let active: HTMLElement | null = null;

/** Follows where the pointer and the focus go. Returns how to end it. */
export function followActive(root: HTMLElement): () => void {
  const { ownerDocument: page } = root;
  const { innerWidth = 0, innerHeight = 0 } = page.defaultView ?? {};
  // An editor that is the page need not be clicked first.
  if (!active && root.clientWidth >= innerWidth * 0.9 && root.clientHeight >= innerHeight * 0.9) active = root;
  const follow = (event: Event): void => {
    if (event.target instanceof Node && root.contains(event.target)) active = root;
    else if (active === root) active = null;
  };
  page.addEventListener("pointerdown", follow, true);
  page.addEventListener("focusin", follow, true);
  return () => {
    page.removeEventListener("pointerdown", follow, true);
    page.removeEventListener("focusin", follow, true);
    if (active === root) active = null;
  };
}

export function takesKeys(root: HTMLElement, target: EventTarget | null): boolean {
  if (!(target instanceof Node)) return active === root;
  if (root.contains(target)) return true;
  const { body, documentElement } = root.ownerDocument;
  return active === root && (target === body || target === documentElement || target === root.ownerDocument);
}
