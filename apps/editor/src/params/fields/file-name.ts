/** What a person calls a file that a graph names. */
export function fileName(reference: string): string {
  if (reference.startsWith("data:")) return "Embedded in the graph";
  return reference.slice(reference.lastIndexOf("/") + 1) || reference;
}
