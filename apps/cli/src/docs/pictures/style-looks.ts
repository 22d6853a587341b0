/** The pictures of what goes beyond the default recipe: another network's look, and two styles in one picture. */
import { loadGraph, run } from "@patchbay/runtime";
import { panels, pictureOf, toWebp } from "./panel.ts";
import { paint, portrait, type Files } from "./style.ts";

/** One portrait in the look of either network, at the strength that suits the painting. */
const LOOKS = [["marble", 0.25, 0.5], ["brush-strokes", 0, 0.2]] as const;

/** What `npx patchbay run examples/style-inception.json --input content=docs/images/portrait.jpg --input width=288` paints, beside the default look. */
export async function looksPicture(): Promise<Files> {
  const [second, first] = [await loadGraph("examples/style-inception.json"), await loadGraph("examples/style-transfer.json")];
  const content = await portrait();
  const rows = [];
  for (const [kind, strength, usual] of LOOKS) {
    const params = { "painting.kind": kind };
    const [mine, other] = [await paint(second, { inputs: { content, width: 288, strength }, params }), await paint(first, { inputs: { content, width: 288, strength: usual }, params })];
    rows.push({
      height: 232,
      panels: [
        { image: mine.style, caption: `style: ${kind}`, aspect: 1 },
        { image: other.image, caption: `MobileNetV1 trunk · strength ${usual}` },
        { image: mine.image, caption: `InceptionV3 · strength ${strength}` },
      ],
    });
  }
  await second.dispose();
  await first.dispose();
  return { "style-inception.webp": await toWebp(await panels("Two generated paintings, and a portrait repainted in each by either network", rows)) };
}

/** What `npx patchbay run examples/style-two-styles.json --input width=448` paints. */
export async function twoStylesPicture(): Promise<Files> {
  const graph = await loadGraph("examples/style-two-styles.json");
  const { outputs } = await run(graph, { inputs: { width: 448 }, outputs: ["left.image", "right.image", "left-mask.mask", "right-mask.mask", "image", "own-colours"] });
  await graph.dispose();
  const shown = (name: string, caption: string) => ({ image: pictureOf(outputs[name]), caption });
  const wide = 448 / 314;
  return {
    "style-two-styles.webp": await toWebp(await panels("Two styles, two masks, and a photo repainted under both", [
      { height: 146, panels: [shown("left.image", "left style"), shown("left-mask.mask", "left mask"), shown("right.image", "right style"), shown("right-mask.mask", "right mask")].map((p) => ({ ...p, aspect: wide })) },
      { height: 303, panels: [{ ...shown("image", "both styles, in their colours"), aspect: wide }, { ...shown("own-colours", "in the photo's own colours"), aspect: wide }] },
    ])),
  };
}
