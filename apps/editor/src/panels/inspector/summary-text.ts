/** A value in one line. */
import type { ValueSummary } from "../../model/run-state.ts";
import { formatNumber } from "../../params/number-entry.ts";
import { sizeText } from "../../ui/size-text.ts";

const KINDS: { readonly [K in ValueSummary["kind"]]: string } = {
  tensor: "Tensor", image: "Picture", images: "Pictures", activations: "Activations", faces: "Faces", decision: "Decision", identity: "Identity",
  gallery: "Gallery", series: "Curves", table: "Table", text: "Text", number: "Number",
  dataset: "Examples", network: "Network", patches: "Patches", scatter: "Map", calibration: "Calibration", confusion: "Confusion matrix", file: "File",
};

export function summaryText({ kind, bytes, tensor, layers }: ValueSummary): string {
  const parts = [layers?.length ? `${KINDS[kind]}: ${layers.map((l) => l.name).join(", ")}` : KINDS[kind]];
  if (tensor) {
    const { dtype, shape, min, mean, max, notFinite } = tensor;
    if (!layers?.length) parts[0] = `${dtype} [${shape.join(",")}]`;
    parts.push(min === max ? `${shape.every((n) => n === 1) ? "" : "all "}${short(min)}` : `${short(min)} … ${short(max)}, mean ${short(mean)}`);
    if (notFinite) parts.push(`${notFinite} not finite`);
  }
  parts.push(sizeText(bytes));
  return parts.join(" · ");
}

const short = (value: number): string => formatNumber(Number(value.toPrecision(4)));
