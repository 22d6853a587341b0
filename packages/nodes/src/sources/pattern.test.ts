/** Patterns are the same everywhere, so that a graph with a seed means one picture. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { pattern } from "./pattern.ts";

const paint = async (params: { [name: string]: string | number }) => {
  const defaults = Object.fromEntries(pattern.params.map((p) => [p.name, p.default]));
  const { image } = await pattern.evaluate!({ params: { ...defaults, width: 48, height: 32, ...params } } as never);
  return createHash("sha256").update((image as { data: Uint8Array }).data).digest("hex").slice(0, 12);
};

test("one seed paints one picture, and another seed or palette another", async () => {
  for (const kind of ["brush-strokes", "stained-glass", "waves", "mosaic", "marble", "pointillism"]) {
    const first = await paint({ kind });
    expect(await paint({ kind })).toBe(first);
    expect(await paint({ kind, seed: 2 })).not.toBe(first);
    expect(await paint({ kind, palette: "autumn" })).not.toBe(first);
  }
});

test("the painting that the style examples come with is the one that their pictures were made with", async () => {
  expect(await paint({ kind: "marble" })).toBe("19c0ad2e04fc");
});
