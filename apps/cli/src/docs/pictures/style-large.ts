/** The pictures of the pages on large pictures and films. */
import { loadGraph, run, type ImagesValue, type ImageValue } from "@patchbay/runtime";
import { panels, pictureOf, toWebp } from "./panel.ts";
import { portrait, type Files } from "./style.ts";

/** What `npx patchbay run examples/style-octaves.json --input content=docs/images/portrait.jpg --input width=1024 --set painting.width=1024 --set painting.height=768` paints, how it came about, and a part of it pixel by pixel. */
export async function octavesPicture(): Promise<Files> {
  const graph = await loadGraph("examples/style-octaves.json");
  const { outputs } = await run(graph, { inputs: { content: await portrait(), width: 1024 }, params: { "painting.width": 1024, "painting.height": 768 }, outputs: ["image", "paint.frames"] });
  await graph.dispose();
  const image = pictureOf(outputs["image"]);
  const { items } = outputs["paint.frames"] as ImagesValue;
  const at = [0, 6, 7, 9].map((i) => items[i]!);
  return {
    "style-octaves.webp": await toWebp(await panels("A picture of 1,024 px, painted at half its size first", [
      { height: 320, panels: [{ image, caption: "1,024 px" }, { image: part(image, 340, 300, 320), caption: "a part, pixel by pixel" }] },
      { height: 148, panels: at.map(({ name, image: kept }) => ({ image: kept, caption: `${name}, ${kept.width} px` })) },
    ])),
  };
}

/** Every second frame of what `npx patchbay run examples/style-video.json` paints, under the film itself. */
export async function filmPicture(): Promise<Files> {
  const graph = await loadGraph("examples/style-video.json");
  const { outputs } = await run(graph, { outputs: ["content.images", "paint.frames"] });
  await graph.dispose();
  const row = (value: unknown) => (value as ImagesValue).items.filter((_, i) => i % 2 === 1);
  return {
    "style-video.webp": await toWebp(await panels("A film, and the film painted", [
      { height: 110, panels: row(outputs["content.images"]).map(({ image }) => ({ image, caption: "" })) },
      { height: 110, panels: row(outputs["paint.frames"]).map(({ name, image }) => ({ image, caption: name.toLowerCase() })) },
    ])),
  };
}

function part({ width, data }: ImageValue, left: number, top: number, side: number): ImageValue {
  const out = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) out.set(data.subarray(((top + y) * width + left) * 3, ((top + y) * width + left + side) * 3), y * side * 3);
  return { kind: "image", width: side, height: side, data: out };
}
