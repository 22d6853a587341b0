/** What is used of gifenc, which comes without types. */
declare module "gifenc" {
  type Palette = number[][];
  interface Encoder {
    /** `delay` in milliseconds; `repeat` 0 is forever and −1 not at all. */
    writeFrame(indices: Uint8Array, width: number, height: number, options: { palette: Palette; delay?: number; repeat?: number }): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  export function GIFEncoder(): Encoder;
  export function quantize(rgba: Uint8Array, colours: number): Palette;
  export function applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
}
