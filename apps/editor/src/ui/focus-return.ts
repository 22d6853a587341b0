/** Where the focus goes when a window closes: what had it before, the button whose menu opened it, or the main part of the page. */

let opener: HTMLElement | null = null;

/** A menu was opened by this element; what one of its items opens gives the focus back here. */
export const rememberOpener = (element: HTMLElement | null): void => void (opener = element);

/** Called when a window is about to take the focus. */
export function focusReturn(): (root: ParentNode) => HTMLElement | null {
  const { activeElement } = document;
  const inMenu = activeElement?.closest("[role='menu']") != null;
  const before = activeElement instanceof HTMLElement && activeElement !== document.body && !inMenu ? activeElement : opener;
  opener = null;
  return (root) => (before?.isConnected ? before : root.querySelector<HTMLElement>("main"));
}
