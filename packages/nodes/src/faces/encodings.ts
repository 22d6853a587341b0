/** What the nodes that compare encodings share: their port types, and how rows of a batch become one number or one each. */
import type { Dim, PortType, TensorType } from "@patchbay/graph-core";
import type { Builder, Value } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";

/** A batch of encodings or a single one; `rows` is the letter of the batch axis. */
export const encodings = (rows: string): readonly TensorType[] => [tensorType([rows, "C"], "encoding"), tensorType(["C"], "encoding")];

/** The number of encodings of a type, `undefined` when nothing is known of it. */
export function rowsOf(type: PortType | undefined): Dim | undefined {
  if (type?.kind !== "tensor" || !type.shape) return undefined;
  return type.shape.length === 1 ? 1 : type.shape[0];
}

export const widthOf = (type: PortType | undefined): Dim | undefined => (type?.kind === "tensor" ? type.shape?.at(-1) : undefined);

export const networkOf = (type: PortType | undefined): string | undefined => (type?.kind === "tensor" || type?.kind === "gallery" || type?.kind === "calibration" || type?.kind === "dataset" ? type.network : undefined);

/** `n` and `m` rows compared one by one; a single row is compared with every row of the other side. `null`: they do not fit. */
export function pairedRows(n: Dim | undefined, m: Dim | undefined): Dim | undefined | null {
  if (n === 1) return m;
  if (m === 1) return n;
  if (typeof n === "number" && typeof m === "number" && n !== m) return null;
  return typeof n === "number" ? n : m;
}

/** One row gives a scalar, several give one number each; unknown many may give either, so that the rank stays open. */
export const perRow = (rows: Dim | undefined): readonly Dim[] | null => (rows === 1 ? [] : typeof rows === "number" ? [rows] : null);

/** `[N]` as it is, `[1]` as a scalar. */
export const scalarIfOne = (b: Builder, x: Value): Value => (x.shape.length === 1 && x.shape[0] === 1 ? b.reshape(x, []) : x);

/** As a batch `[N,C]`. */
export const asBatch = (b: Builder, x: Value): Value => (x.shape.length === 1 ? b.reshape(x, [1, x.shape[0]!]) : x);

/** What an L2-normalised encoding of a network calls itself: it must not be compared with the plain ones. */
export const normalisedNetwork = (network: string): string => `${network}+l2`;
