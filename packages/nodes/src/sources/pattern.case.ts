/** Worked examples of Pattern: no formula says what is beautiful, but an empty, flat or grey picture shows in these numbers. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

/** As large as asked for, with contrast and with colour. */
function picture(value: RuntimeValue): void {
  if (value.kind !== "image" || value.width !== 96 || value.height !== 72 || value.data.length !== 96 * 72 * 3) throw new Error("not a picture of 96×72");
  const grey: number[] = [];
  let colourful = 0;
  for (let i = 0; i < value.data.length; i += 3) {
    const rgb = [value.data[i]!, value.data[i + 1]!, value.data[i + 2]!];
    grey.push((rgb[0]! + rgb[1]! + rgb[2]!) / 3);
    colourful += Math.max(...rgb) - Math.min(...rgb);
  }
  const mean = grey.reduce((a, b) => a + b, 0) / grey.length;
  const contrast = Math.sqrt(grey.reduce((s, g) => s + (g - mean) ** 2, 0) / grey.length);
  if (mean < 40 || mean > 215) throw new Error(`mean brightness ${mean}`);
  if (contrast < 15) throw new Error(`contrast ${contrast}`);
  if (colourful / grey.length < 25) throw new Error(`colourfulness ${colourful / grey.length}`);
}

export const cases: NodeCase[] = ["brush-strokes", "stained-glass", "waves", "mosaic", "marble", "pointillism"].map((kind) => ({
  name: kind,
  params: { kind, width: 96, height: 72, seed: 3 },
  expected: { image: picture },
  from: "by hand: bounds on brightness, contrast and colour",
}));
