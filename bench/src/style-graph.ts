/** The style graph that is timed: the default recipe, or its VGG-19-shaped twin. */
import type { GraphDocument, GraphNode } from "@patchbay/graph-core";

export interface StyleGraph {
  network: "ssd-mobilenet-v1-trunk" | "vgg19-random";
  style: readonly string[];
  content: string;
  steps: number;
}

export const DEFAULT_RECIPE = { network: "ssd-mobilenet-v1-trunk", style: ["c0", "c1", "c3", "c5", "c7"], content: "c4" } as const;

/** Inputs `content` and `style` take pictures of the size that is to be timed. */
export function styleGraph({ network, style, content, steps }: StyleGraph): GraphDocument {
  const node = (id: string, type: string, params: GraphNode["params"] = {}): GraphNode => ({ id, type, version: 1, params, position: { x: 0, y: 0 } });
  return {
    format: "patchbay-graph",
    version: 1,
    nodes: [
      node("content", "Image", { file: "npm:@vladmandic/face-api/demo/sample1.jpg" }),
      node("style", "Image", { file: "npm:@vladmandic/face-api/demo/sample2.jpg" }),
      node("generated", "GeneratedImage"),
      node("contentFeatures", "FeatureExtractor", { network, layers: [content] }),
      node("styleFeatures", "FeatureExtractor", { network, layers: [...style] }),
      node("generatedFeatures", "FeatureExtractor", { network, layers: [...new Set([...style, content])] }),
      node("contentCost", "ContentCost", { normalisation: "relative" }),
      node("styleCost", "StyleCost", { statistic: "covariance", normalisation: "relative" }),
      node("variation", "TotalVariation"),
      node("total", "TotalCost", { balance: "strength", strength: 1 }),
      node("optimizer", "PixelOptimizer", { steps, jitter: 4, previewEvery: 100000 }),
    ],
    wires: [
      ["content.image", "generated.content"], ["content.image", "contentFeatures.image"], ["style.image", "styleFeatures.image"], ["generated.image", "generatedFeatures.image"],
      ["contentFeatures.activations", "contentCost.content"], ["generatedFeatures.activations", "contentCost.generated"],
      ["styleFeatures.activations", "styleCost.style"], ["generatedFeatures.activations", "styleCost.generated"], ["generated.image", "variation.image"],
      ["contentCost.cost", "total.content"], ["styleCost.cost", "total.style"], ["variation.cost", "total.variation"], ["total.total", "optimizer.loss"],
    ].map(([from, to]) => ({ from: from!, to: to! })),
    interface: {
      inputs: [{ name: "content", node: "content", param: "file" }, { name: "style", node: "style", param: "file" }],
      outputs: [{ name: "image", node: "optimizer", port: "image" }, { name: "losses", node: "optimizer", port: "losses" }],
    },
  };
}
