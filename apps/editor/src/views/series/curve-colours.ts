/** Which colour a curve has: those of the palette, in an order in which neighbours are told apart. */
const ORDER = ["loss", "encoding", "picture", "activation", "faces", "tensor", "decision", "plain"] as const;

/** A CSS colour that follows the theme. */
export const curveColour = (index: number): string => `var(--pb-kind-${ORDER[index % ORDER.length]})`;

/** The same as numbers, for canvases: read from an element that stands in the page. */
export function resolveColour(element: HTMLElement, colour: string): string {
  const before = element.style.color;
  element.style.color = colour;
  const resolved = getComputedStyle(element).color;
  element.style.color = before;
  return resolved;
}
