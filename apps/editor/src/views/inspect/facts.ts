/** What is said of a value beside its picture: type, size, range. */
import { formatType, type PortType } from "@patchbay/graph-core";
import type { RuntimeValue } from "@patchbay/runtime";
import type { TensorSummary, ValueSummary } from "../../model/run-state.ts";
import { formatCount, formatNumber, formatShapeWords } from "../numbers/format-number.ts";
import { sizeText } from "../../ui/size-text.ts";
import { statistics } from "../numbers/statistics.ts";

export interface Fact {
  readonly name: string;
  readonly text: string;
  readonly bad?: boolean;
}

export function valueFacts(summary: ValueSummary, type: PortType | undefined, numbers: Pick<TensorSummary, "min" | "mean" | "max" | "notFinite"> | undefined, value: RuntimeValue | null): Fact[] {
  const facts: Fact[] = [{ name: "type", text: type ? formatType(type) : summary.kind }];
  const add = (name: string, text: string, bad = false): void => void facts.push({ name, text, ...(bad ? { bad } : {}) });
  if (type?.kind === "tensor" && type.meaning) add("stands for", type.meaning);
  if (summary.tensor && summary.kind === "tensor") {
    add("shape", formatShapeWords(summary.tensor.shape));
    add("dtype", summary.tensor.dtype);
    add("numbers", formatCount(summary.tensor.shape.reduce((n, d) => n * d, 1)));
  }
  if (value?.kind === "image") add("size", `${value.width} × ${value.height} pixels`);
  if (value?.kind === "images") add("pictures", formatCount(value.items.length));
  if (value?.kind === "gallery") add("network", value.network);
  if (value?.kind === "tensor" && value.network) add("network", value.network);
  add("size in memory", sizeText(summary.bytes));
  if (numbers) {
    add("lowest", formatNumber(numbers.min, 6));
    add("mean", formatNumber(numbers.mean, 6));
    add("highest", formatNumber(numbers.max, 6));
    add("NaN or infinite", numbers.notFinite ? formatCount(numbers.notFinite) : "none", numbers.notFinite > 0);
  }
  return facts;
}

/** Of what has numbers: those of the summary, or of a picture's bytes. */
export const numbersOf = (summary: ValueSummary, value: RuntimeValue | null): Omit<TensorSummary, "dtype" | "shape"> | undefined =>
  summary.tensor ?? (value?.kind === "image" ? statistics(value.data) : undefined);
