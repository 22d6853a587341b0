/** Convolution along a signal. */
import { convolution } from "./convolution.ts";

export const conv1D = convolution(1, {
  doc: "Slides filters along a signal such as a heartbeat: each output is a weighted sum of a stretch of the input over all its channels. A filter has as many channels as the input; every filter makes one output channel.",
  synonyms: ["signal", "time series", "EKG"],
});
