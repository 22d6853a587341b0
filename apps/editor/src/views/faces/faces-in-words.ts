/** How many faces, as one says it. */
export const facesInWords = (count: number): string => (count === 0 ? "no face" : count === 1 ? "one face" : `${count} faces`);
