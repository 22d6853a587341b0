/** Which colour a curve has: those of the palette, in an order in which neighbours are told apart. */
const ORDER = ["loss", "encoding", "picture", "activation", "faces", "tensor", "decision", "plain"] as const;

/** A CSS colour that follows the theme. */
export const curveColour = (index: number): string => `var(--pb-kind-${ORDER[index % ORDER.length]})`;

/** The same as numbers, for canvases: read from an element that stands in the page, all at once, since each reading makes the browser look at its styles anew. */
export function resolveColours(element: HTMLElement, colours: readonly string[]): string[] {
  const probe = document.createElement("span");
  probe.hidden = true;
  for (const colour of colours) probe.append(Object.assign(document.createElement("span"), { style: `color: ${colour}` }));
  element.append(probe);
  const resolved = [...probe.children].map((one) => getComputedStyle(one).color);
  probe.remove();
  return resolved;
}
