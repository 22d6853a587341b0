/** Convolution through a volume. */
import { convolution } from "./convolution.ts";

export const conv3D = convolution(3, {
  doc: "Slides filters through a volume such as a CT scan, or through the frames of a film: each output is a weighted sum of a block over all its channels. A filter has as many channels as the input; every filter makes one output channel.",
  synonyms: ["volume", "CT", "film", "video"],
});
