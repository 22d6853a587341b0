/** How bright red, green and blue look: shared by everything that turns colours into grey. */

/** Recommendation ITU-R BT.709, item 3.2. */
export const LUMINANCE: readonly [number, number, number] = [0.2126, 0.7152, 0.0722];
