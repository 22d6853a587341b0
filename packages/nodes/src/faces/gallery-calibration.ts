/** A gallery's calibration: it must be of the gallery's network, and thresholds of it hold for its metric alone. */
import type { PortType } from "@patchbay/graph-core";
import { NodeFailure, type CalibrationValue, type EvaluateContext, type GalleryValue } from "@patchbay/runtime/node-api";
import type { Metric } from "./metrics.ts";

/** What encodings of unknown origin, such as numbers typed in by hand, call their network. */
export const UNKNOWN_NETWORK = "unknown";

/** The gallery with a calibration, if there is one. Throws NodeFailure `network-mismatch` where it was measured with another network. */
export function withCalibration(gallery: GalleryValue, calibration: CalibrationValue | undefined, warn: EvaluateContext["warn"]): GalleryValue {
  if (!calibration) return gallery;
  if (calibration.network !== gallery.network && ![calibration.network, gallery.network].includes(UNKNOWN_NETWORK))
    throw new NodeFailure("network-mismatch", `The calibration was measured with “${calibration.network}”, and the gallery holds encodings by “${gallery.network}”: its thresholds mean nothing there. Calibrate with the encoder that enrols the people.`);
  if (calibration.network !== gallery.network) warn("unknown-network", `The calibration was measured with ${named(calibration.network)}, and the gallery holds encodings by ${named(gallery.network)}: whether they belong together is not known.`, { port: "calibration" });
  return { ...gallery, calibration };
}

const named = (network: string): string => (network === UNKNOWN_NETWORK ? "an unknown network" : `“${network}”`);

/** The metric that a gallery is calibrated for, from the type of its calibration or else of what was there before. */
export function calibratedOf(...types: readonly (PortType | undefined)[]): { calibrated?: string } {
  for (const type of types) {
    const metric = type?.kind === "calibration" ? type.metric : type?.kind === "gallery" ? type.calibrated : undefined;
    if (metric !== undefined) return { calibrated: metric };
  }
  return {};
}

export const metricMismatch = (calibrated: string, metric: string): string =>
  `The gallery is calibrated for the metric “${calibrated}”, and “${metric}” is asked for: a threshold of one is none of the other. Choose “${calibrated}”, or calibrate again.`;

/** The gallery's calibration, for this metric. Throws NodeFailure `not-calibrated` or `metric-mismatch`. */
export function calibrationOf(gallery: GalleryValue, metric: Metric): CalibrationValue {
  const { calibration } = gallery;
  if (!calibration) throw new NodeFailure("not-calibrated", "The gallery carries no calibration: connect one of ROC and DET to Enrol or Gallery, or set a threshold of your own.", { param: "use" });
  if (calibration.metric !== metric) throw new NodeFailure("metric-mismatch", metricMismatch(calibration.metric, metric), { param: "metric" });
  return calibration;
}
