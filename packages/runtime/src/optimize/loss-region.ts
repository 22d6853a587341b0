/** What an optimiser needs of the drawing upstream of its loss: how to write it as IR. */
import type { Builder, Value } from "../ir/builder.ts";
import type { TensorData } from "../ir/tensor.ts";

export interface Shift {
  /** int32 scalars: the picture is rolled by `dy` rows and `dx` columns. */
  dy: Value;
  dx: Value;
}

/** A still picture where the drawing takes it in: before it enters a network, or meets the generated picture. */
export interface Entrance {
  /** The port, unique in the region. */
  name: string;
  /** It lies on the generated picture pixel for pixel: what is cut out of one is cut out of the other. */
  aligned: boolean;
}

/** What is taken in the place of a still picture. */
export type Enter = (picture: Value, entrance: Entrance) => Value;

export interface LossRegion {
  /** The variable's node id. */
  readonly variable: string;
  /** Of the picture. */
  readonly height: number;
  readonly width: number;
  /** Values computed outside the region, by input name: they do not change while optimising. */
  readonly frontier: { readonly [name: string]: TensorData };
  /** Determines the region's IR together with the shapes of `frontier`. */
  readonly key: string;
  /** The start picture `[1,H,W,3]` from the frontier. */
  start(b: Builder, frontier: { readonly [name: string]: Value }): Value;
  /** The loss and its terms (by node id) for a picture `[1,H,W,3]`. `enter` sees every still picture `[1,h,w,C]` where it is taken in. */
  loss(b: Builder, frontier: { readonly [name: string]: Value }, picture: Value, shift: Shift | undefined, enter?: Enter): { loss: Value; terms: { readonly [node: string]: Value } };
}
