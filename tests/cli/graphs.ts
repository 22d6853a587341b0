/** Small graphs that the command's tests run, written to a folder as files. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { GraphDocument, GraphNode, InterfaceInput, InterfaceOutput } from "@patchbay/graph-core";

export const node = (id: string, type: string, params: GraphNode["params"] = {}): GraphNode => ({ id, type, version: 1, params, position: { x: 0, y: 0 } });

export function graph(nodes: readonly GraphNode[], wires: readonly (readonly [string, string])[], inputs: readonly InterfaceInput[], outputs: readonly InterfaceOutput[]): GraphDocument {
  return { format: "patchbay-graph", version: 1, nodes, wires: wires.map(([from, to]) => ({ from, to })), interface: { inputs, outputs } };
}

/** Two vectors, their distance, a decision; and the first vector as tensor, text, table and curve. */
export const DISTANCE = graph(
  [
    node("a", "Constant", { values: [[0, 0]] }), node("b", "Constant", { values: [[0.3, 0.4]] }),
    node("distance", "Distance", { metric: "euclidean" }), node("threshold", "Threshold", { threshold: 0.6 }),
    node("text", "ValueOutput"), node("table", "TableOutput"), node("plot", "Plot"),
  ],
  [["a.value", "distance.a"], ["b.value", "distance.b"], ["distance.distance", "threshold.distance"], ["b.value", "text.value"], ["b.value", "table.value"], ["b.value", "plot.series"]],
  [
    { name: "first", node: "a", param: "values" },
    { name: "metric", node: "distance", param: "metric" },
    { name: "limit", node: "threshold", param: "threshold" },
  ],
  [
    { name: "decision", node: "threshold", port: "decision" }, { name: "vector", node: "b", port: "value" },
    { name: "text", node: "text", port: "text" }, { name: "table", node: "table", port: "table" }, { name: "curve", node: "plot", port: "series" },
  ],
);

/** A picture in, the same picture out. */
export const picture = (file: string): GraphDocument =>
  graph([node("photo", "Image", { file }), node("out", "ImageOutput")], [["photo.image", "out.image"]], [{ name: "photo", node: "photo", param: "file" }], [{ name: "image", node: "out", port: "image" }]);

/** The default recipe on two pictures of a size that takes a moment, or none. */
export function style(steps: number, width: number, content = "content.png", styled = "style.png"): GraphDocument {
  const network = "ssd-mobilenet-v1-trunk";
  const layers = ["c0", "c1", "c3"];
  return graph(
    [
      node("content", "Image", { file: content }), node("style", "Image", { file: styled }),
      node("small", "Resize", { width, height: width }), node("smallStyle", "Resize", { width, height: width }), node("generated", "GeneratedImage"),
      node("contentFeatures", "FeatureExtractor", { network, layers: ["c4"] }), node("styleFeatures", "FeatureExtractor", { network, layers }),
      node("generatedFeatures", "FeatureExtractor", { network, layers: [...layers, "c4"] }),
      node("contentCost", "ContentCost", { normalisation: "relative" }), node("styleCost", "StyleCost", { statistic: "covariance", normalisation: "relative" }),
      node("total", "TotalCost", { balance: "strength" }), node("optimizer", "PixelOptimizer", { steps, jitter: 4 }), node("out", "ImageOutput"),
    ],
    [
      ["content.image", "small.image"], ["style.image", "smallStyle.image"], ["small.image", "generated.content"], ["small.image", "contentFeatures.image"],
      ["smallStyle.image", "styleFeatures.image"], ["generated.image", "generatedFeatures.image"],
      ["contentFeatures.activations", "contentCost.content"], ["generatedFeatures.activations", "contentCost.generated"],
      ["styleFeatures.activations", "styleCost.style"], ["generatedFeatures.activations", "styleCost.generated"],
      ["contentCost.cost", "total.content"], ["styleCost.cost", "total.style"], ["total.total", "optimizer.loss"], ["optimizer.image", "out.image"],
    ],
    [{ name: "content", node: "content", param: "file" }, { name: "style", node: "style", param: "file" }],
    [{ name: "image", node: "out", port: "image" }, { name: "losses", node: "optimizer", port: "losses" }],
  );
}

export async function save(file: string, document: object): Promise<string> {
  await writeFile(file, JSON.stringify(document));
  return file;
}

/** Seeded blobs of colour; `base` shifts them. */
export async function savePicture(file: string, width: number, height: number, base = 0): Promise<string> {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = Math.floor(128 + 100 * Math.sin((x * (c + 1) + base) / 9) * Math.cos((y + base * c) / 7));
  await sharp(data, { raw: { width, height, channels: 3 } }).toFile(file);
  return file;
}

export const savePictures = (folder: string): Promise<unknown> =>
  Promise.all([savePicture(path.join(folder, "content.png"), 64, 48), savePicture(path.join(folder, "style.png"), 60, 60, 40)]);
