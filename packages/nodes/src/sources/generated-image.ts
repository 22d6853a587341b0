/** The picture that an optimiser paints: the one thing in a style graph that changes. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { mistake, PICTURE, tensorType } from "../port-types.ts";

export const generatedImage = defineNode({
  type: "GeneratedImage",
  version: 1,
  title: "Generated image",
  group: "Sources",
  doc: "The picture whose pixels an optimiser downstream changes; everything between it and the loss is ordinary nodes. It starts as the content picture, as seeded noise around grey, or as a blend of both, and it has the content picture's size, or the size given here where none is connected.",
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576, section 2",
  synonyms: ["variable", "canvas", "noise", "initial image", "G"],
  role: "variable",
  inputs: [{ name: "content", doc: "The picture it takes its size from, and starts as.", type: tensorType([1, "H", "W", 3], "image"), optional: true }],
  outputs: [{ name: "image", doc: "The picture: at the start as described, after an optimiser as painted.", type: { ...PICTURE, shape: [1, "H", "W", 3] } }],
  params: [
    {
      name: "start", title: "Start", kind: "choice", default: "content", help: "What the picture is before the first step.",
      choices: [
        { value: "content", title: "Content", help: "The content picture: fastest to a result that keeps what is in it." },
        { value: "noise", title: "Noise", help: "Seeded noise: the textbook form." },
        { value: "blend", title: "Blend", help: "Between the two." },
      ],
    },
    { name: "blend", title: "Noise share", kind: "number", default: 0.5, min: 0, max: 1, step: 0.05, help: "0 is the content picture, 1 is noise.", visibleWhen: { param: "start", equals: ["blend"] } },
    { name: "amplitude", title: "Noise amplitude", kind: "number", default: 0.2, min: 0, max: 0.5, step: 0.05, help: "How far noise reaches to either side of middle grey.", visibleWhen: { param: "start", equals: ["noise", "blend"] } },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed gives other noise.", visibleWhen: { param: "start", equals: ["noise", "blend"] } },
    { name: "width", title: "Width", kind: "number", default: 256, min: 8, max: 4096, integer: true, unit: "px", help: "Used while no content picture is connected.", visibleWhen: { param: "start", equals: ["noise"] } },
    { name: "height", title: "Height", kind: "number", default: 192, min: 8, max: 4096, integer: true, unit: "px", help: "Used while no content picture is connected.", visibleWhen: { param: "start", equals: ["noise"] } },
  ],
  infer({ params, inputs, outputs }) {
    if (inputs["content"]) return { outputs: { image: outputs["image"]! } };
    if (params["start"] !== "noise")
      return mistake(["image"], "missing-input", `A start from ${params["start"] === "content" ? "the content picture" : "a blend"} needs a picture on “content”; only noise can do without.`, { port: "content" });
    return { outputs: { image: tensorType([1, params["height"] as number, params["width"] as number, 3], "image") } };
  },
  lower({ b, params, inputs }) {
    const content = inputs["content"] as Value | undefined;
    const shape = content?.shape ?? [1, params["height"] as number, params["width"] as number, 3];
    if (content && params["start"] === "content") return { image: content };
    const amplitude = params["amplitude"] as number;
    const noise = b.add(b.mul(b.random("uniform", shape, params["seed"] as number), 2 * amplitude), 0.5 - amplitude);
    if (!content || params["start"] === "noise") return { image: noise };
    const share = params["blend"] as number;
    return { image: b.add(b.mul(content, 1 - share), b.mul(noise, share)) };
  },
});
