/** `npm run docs:pictures [-- NAME…]`: makes every picture of the docs by running the examples, so that none shows what the product does not do. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { loadGraph } from "@patchbay/runtime";
import { graphDiagram } from "./graph-diagram.ts";
import { calibrationPicture } from "./pictures/calibration.ts";
import { embeddingPicture } from "./pictures/embedding-map.ts";
import { recognitionPicture, verificationPicture } from "./pictures/faces.ts";
import { ctPicture, ekgPicture } from "./pictures/dimensions.ts";
import { featuresPicture, ninePatchesPicture, ownNetworkPicture, saliencyPicture } from "./pictures/insight.ts";
import { learningPicture } from "./pictures/learning.ts";
import { gatysPicture, styleKinds, stylePicture, styleStrengths, type Files } from "./pictures/style.ts";
import { filmPicture, octavesPicture } from "./pictures/style-large.ts";
import { looksPicture, twoStylesPicture } from "./pictures/style-looks.ts";

const FOLDER = "docs/images";

async function diagrams(): Promise<Files> {
  const files: Files = {};
  for (const file of (await readdir("examples")).filter((f) => f.endsWith(".json"))) {
    const graph = await loadGraph(path.join("examples", file));
    files[`graph-${file.replace(".json", ".svg")}`] = graphDiagram(graph.document, graph.inference);
    await graph.dispose();
  }
  return files;
}

const JOBS: { readonly [name: string]: () => Promise<Files> } = {
  diagrams,
  verification: verificationPicture,
  recognition: recognitionPicture,
  calibration: calibrationPicture,
  "embedding-map": embeddingPicture,
  learning: learningPicture,
  style: stylePicture,
  kinds: styleKinds,
  strengths: styleStrengths,
  gatys: gatysPicture,
  looks: looksPicture,
  "two-styles": twoStylesPicture,
  octaves: octavesPicture,
  film: filmPicture,
  patches: ninePatchesPicture,
  features: featuresPicture,
  saliency: saliencyPicture,
  own: ownNetworkPicture,
  ekg: ekgPicture,
  ct: ctPicture,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(JOBS, name));
if (unknown.length) throw new Error(`There is no picture ${unknown.join(", ")}; there are ${Object.keys(JOBS).join(", ")}.`);
await mkdir(FOLDER, { recursive: true });
for (const name of wanted.length ? wanted : Object.keys(JOBS)) {
  for (const [file, content] of Object.entries(await JOBS[name]!())) {
    await writeFile(path.join(FOLDER, file), content);
    process.stdout.write(`${FOLDER}/${file}  ${Math.ceil(content.length / 1024)} kB\n`);
  }
}
