/** The figures of a calibration as SVG, for programs that show them beside other things: their classes are styled by whoever shows them. */
import type { CalibrationValue } from "@patchbay/runtime/node-api";
import { chartSvg } from "./chart.ts";
import { figuresOf } from "./figures.ts";

/** Distances of pairs, error rates over the threshold, ROC and DET, in this order; texts in them are escaped. */
export const drawnFigures = (calibration: CalibrationValue): readonly { readonly title: string; readonly svg: string }[] => figuresOf(calibration).map((chart) => ({ title: chart.title, svg: chartSvg(chart) }));
