/** Paints: changes the pixels of the generated picture upstream until its loss is small. */
import { freshDim } from "@patchbay/graph-core";
import { defineNode, type MinimiseOptions } from "@patchbay/runtime/node-api";
import { LOSS, tensorType } from "../port-types.ts";

export const pixelOptimizer = defineNode({
  type: "PixelOptimizer",
  version: 1,
  title: "Pixel optimizer",
  group: "Style",
  doc: "Minimises a loss over the pixels of the generated picture upstream, and nothing else. The pyramid parametrisation optimises the picture at several sizes at once, in decorrelated colours: it converges faster and paints larger shapes than plain pixels. Jitter shifts the picture a little before each step, which keeps the network's grid out of it.",
  formula: String.raw`G := G - \eta\,\frac{\partial J}{\partial G}`,
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576; Adam: arXiv 1412.6980; parametrisation: Mordvintsev et al., Differentiable Image Parameterizations, Distill 2018",
  synonyms: ["optimise", "gradient descent", "Adam", "L-BFGS", "momentum", "train", "paint"],
  role: "optimiser",
  inputs: [{ name: "loss", doc: "What is minimised; a generated image must lie upstream.", type: LOSS, traced: true },
    { name: "frames", doc: "Pictures to go through one after the other, from the node that also gives the content picture: each frame starts from the result before it.", type: { kind: "images" }, optional: true },
  ],
  outputs: [
    { name: "image", doc: "The picture after the last step, 0…1.", type: tensorType([1, "H", "W", 3], "image") },
    { name: "losses", doc: "Every term of the loss, step by step.", type: { kind: "series" } },
    { name: "frames", doc: "The pictures that were kept on the way; of a list of frames, the result of each.", type: { kind: "images" } },
  ],
  params: [
    {
      name: "method", title: "Method", kind: "choice", default: "adam", help: "How a gradient becomes a step.",
      choices: [
        { value: "adam", title: "Adam", help: "Each number has its own step size: robust." },
        { value: "l-bfgs", title: "L-BFGS", help: "Estimates curvature; what users of VGG expect." },
        { value: "momentum", title: "Momentum", help: "Gradient descent with a running mean." },
        { value: "gradient-descent", title: "Gradient descent", help: "The plain formula." },
      ],
    },
    { name: "learningRate", title: "Learning rate η", kind: "number", default: 0.15, min: 1e-6, max: 1e6, scale: "log", help: "Size of a step: 0.1–0.15 for Adam on the pyramid, 0.01–0.05 for Adam on pixels, 1 for L-BFGS." },
    { name: "momentum", title: "Momentum", kind: "number", default: 0.9, min: 0, max: 0.999, step: 0.01, help: "Share of the last step that goes on.", visibleWhen: { param: "method", equals: ["momentum"] } },
    { name: "steps", title: "Steps", kind: "number", default: 200, min: 1, max: 100_000, integer: true, unit: "steps", help: "150–250 are usually enough on the pyramid." },
    {
      name: "parametrisation", title: "Parametrisation", kind: "choice", default: "pyramid", help: "What numbers stand for the picture.",
      choices: [{ value: "pyramid", title: "Pyramid", help: "Sizes and colours decorrelated, always within 0…1." }, { value: "pixels", title: "Pixels", help: "One number a pixel and colour, kept within 0…1." }],
    },
    { name: "levels", title: "Pyramid levels", kind: "number", default: 6, min: 1, max: 12, integer: true, help: "Each level halves the size.", visibleWhen: { param: "parametrisation", equals: ["pyramid"] } },
    { name: "jitter", title: "Jitter", kind: "number", default: 4, min: 0, max: 8, integer: true, unit: "px", help: "Largest shift before a step; 0 turns it off." },
    { name: "seed", title: "Seed", kind: "number", default: 0, min: 0, max: 2147483647, integer: true, help: "Of the jitter's offsets." },
    { name: "previewEvery", title: "Preview every", kind: "number", default: 10, min: 1, max: 100_000, integer: true, unit: "steps", help: "How often the picture so far is shown." },
    { name: "keepEvery", title: "Keep every", kind: "number", default: 0, min: 0, max: 100_000, integer: true, unit: "steps", help: "How often the picture is kept for a strip of frames; 0 keeps none." },
    { name: "frameSteps", title: "Steps per frame", kind: "number", default: 60, min: 1, max: 100_000, integer: true, unit: "steps", help: "Of each frame after the first, where a list of frames is connected." },
    { name: "carry", title: "Carry over", kind: "number", default: 0.85, min: 0, max: 1, step: 0.05, help: "How much of the previous result a frame starts with where nothing has changed: 1 is steadiest and gathers strokes from frame to frame, 0 starts each frame anew." },
    { name: "octaves", title: "Octaves", kind: "number", default: 1, min: 1, max: 4, integer: true, help: "Sizes from coarse to fine, each twice the one before; 1 is the full size alone. 2 halve the time of a picture of 1,024 px, and paint larger shapes." },
    { name: "octaveRatio", title: "Steps ratio", kind: "number", default: 1, min: 0.25, max: 8, step: 0.25, help: "How many times the steps of the next octave a smaller one has: they cost a quarter.", visibleWhen: { param: "octaves", equals: [2, 3, 4] } },
    { name: "tile", title: "Tile", kind: "number", default: 0, min: 0, max: 4096, integer: true, unit: "px", help: "Side of the overlapping tiles in which larger pictures are painted, where memory is short: 512 needs about 1 GB. 0 paints them whole." },
    { name: "plateauSteps", title: "Stop without progress in", kind: "number", default: 0, min: 0, max: 100_000, integer: true, unit: "steps", help: "Ends (or goes on to the next octave) when the loss has hardly improved in so many steps; 0 never does." },
    { name: "plateau", title: "Least progress", kind: "number", default: 1, min: 0, max: 100, step: 0.1, unit: "%", help: "By how much the smoothed loss must fall in that time." },
  ],
  // The picture has the size of the variable, which lies upstream behind scalars.
  infer({ node, variable, params }) {
    const outputs = { image: variable ?? tensorType([1, freshDim("H", node), freshDim("W", node), 3], "image") };
    if (params["method"] !== "l-bfgs") return { outputs };
    // It learns the curvature from how the gradient changes between steps: jitter changes it for another reason.
    if (params["jitter"] !== 0) return { outputs, diagnostics: [{ code: "jitter-misleads", severity: "warning", param: "jitter", message: "L-BFGS estimates curvature from gradients of successive steps, and jitter makes those differ by itself. Set the jitter to 0." }] };
    if ((params["learningRate"] as number) < 0.3) return { outputs, diagnostics: [{ code: "small-step", severity: "warning", param: "learningRate", message: "L-BFGS scales its steps itself: with a learning rate below 0.3 it hardly moves. 1 is its own step." }] };
    return { outputs };
  },
  optimise: ({ params, minimise }) => minimise(params as unknown as MinimiseOptions),
});
