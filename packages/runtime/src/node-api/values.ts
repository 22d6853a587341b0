/** What flows on wires while a graph runs. Plain data: structured-cloneable, so that a worker can hand it over. */
import type { TensorData } from "../ir/tensor.ts";

export interface TensorValue extends TensorData {
  readonly kind: "tensor";
  /** The id of the network that computed it (encodings, activations). */
  readonly network?: string;
}

/** 8-bit RGB, row-major, `width·height·3` bytes, upright (EXIF orientation already applied). */
export interface ImageValue {
  readonly kind: "image";
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly name?: string;
}

export interface ImagesValue {
  readonly kind: "images";
  /** `label` is the person's or class's name where the source has one (a folder per person). */
  readonly items: readonly { readonly name: string; readonly label?: string; readonly image: ImageValue }[];
}

export interface ActivationsValue {
  readonly kind: "activations";
  readonly network: string;
  /** Channels last. */
  readonly layers: readonly { readonly name: string; readonly tensor: TensorData }[];
}

export interface Face {
  /** Pixels of the picture: left, top, width, height. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** 0…1. */
  readonly score: number;
  /** 68 points `[x, y]` in pixels of the picture, in the order of the iBUG 300-W annotation. */
  readonly landmarks: readonly (readonly [number, number])[];
}

/** The faces of one picture. */
export interface PictureFaces {
  readonly image: ImageValue;
  /** Largest first. */
  readonly faces: readonly Face[];
}

export interface FacesValue extends PictureFaces {
  readonly kind: "faces";
  /** The further pictures, in order, where faces were looked for on a list of pictures. */
  readonly more?: readonly PictureFaces[];
}

export interface DecisionValue {
  readonly kind: "decision";
  readonly same: boolean;
  readonly distance: number;
  readonly threshold: number;
  /** `threshold − distance`: positive when the same. */
  readonly margin: number;
}

export interface IdentityValue {
  readonly kind: "identity";
  /** `null`: not recognised. */
  readonly name: string | null;
  readonly distance: number;
  readonly threshold: number;
  /** The nearest people, best first, each with their best distance. */
  readonly candidates: readonly { readonly name: string; readonly distance: number }[];
}

export interface GalleryValue {
  readonly kind: "gallery";
  /** The network whose encodings these are. */
  readonly network: string;
  readonly width: number;
  readonly entries: readonly { readonly name: string; readonly photo?: string; readonly encoding: Float32Array }[];
}

export interface SeriesValue {
  readonly kind: "series";
  readonly x: { readonly name: string; readonly values: readonly number[] };
  readonly curves: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface TableValue {
  readonly kind: "table";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

export interface TextValue {
  readonly kind: "text";
  readonly text: string;
}

export interface NumberValue {
  readonly kind: "number";
  readonly value: number;
}

export type RuntimeValue =
  | TensorValue | ImageValue | ImagesValue | ActivationsValue | FacesValue | DecisionValue | IdentityValue | GalleryValue
  | SeriesValue | TableValue | TextValue | NumberValue;

export const tensorValue = (t: TensorData, network?: string): TensorValue => ({ kind: "tensor", dtype: t.dtype, shape: t.shape, data: t.data, ...(network ? { network } : {}) });
