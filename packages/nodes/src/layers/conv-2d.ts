/** Convolution over a picture. */
import { convolution } from "./convolution.ts";

export const conv2D = convolution(2, {
  doc: "Slides filters over a picture or a hidden layer: each output is a weighted sum of a window over all its channels. A filter has as many channels as the input; every filter makes one output channel.",
  synonyms: ["image", "CNN", "edge detection"],
});
