/** A number or a flag that this browser remembers: how wide a panel is, whether the tour was seen. Where nothing can be kept, it lasts as long as the page. */
const here = new Map<string, string>();

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`patchbay.${key}`) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  here.set(key, value);
  try {
    localStorage.setItem(`patchbay.${key}`, value);
  } catch {
    // Storage is off or full; the page still remembers.
  }
}
