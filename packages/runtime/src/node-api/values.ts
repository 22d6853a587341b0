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
  /** Measured for this network: which thresholds mean what. */
  readonly calibration?: CalibrationValue;
}

/** Labelled examples of equal shape. */
export interface DatasetValue {
  readonly kind: "dataset";
  /** Shape of one example, channels last, without the batch: `[H,W,3]`, `[L,C]`, `[D,H,W,C]`, `[n]`. */
  readonly example: readonly number[];
  readonly meaning?: "image" | "encoding" | "signal" | "volume";
  /** All examples one after another. Bytes stand for value / 255. */
  readonly data: Uint8Array | Float32Array;
  /** Names of the classes or people. */
  readonly classes: readonly string[];
  /** By example: index into `classes`. */
  readonly labels: Int32Array;
  /** By example: 1 where it is held out for validation. People are held out whole where identities are learned. */
  readonly heldOut: Uint8Array;
  /** By example: its file's name or a made-up one. */
  readonly names: readonly string[];
  /** Of encodings: the network that computed them. */
  readonly network?: string;
  /** Small pictures of the examples, where the examples themselves are none. */
  readonly thumbnails?: readonly ImageValue[];
  /** Pairs or triplets that a list names, by example index, in the place of all that labels allow: `same` 1 or 0 for pairs. */
  readonly pairs?: readonly { readonly a: number; readonly b: number; readonly same: boolean }[];
  readonly triplets?: readonly { readonly anchor: number; readonly positive: number; readonly negative: number }[];
}

/** How one example becomes what a network's file takes. */
export interface NetworkInput {
  /** The input's name in the file. */
  readonly name: string;
  /** Where the file has its channels. */
  readonly layout: "channels-first" | "channels-last";
  /** Channels last, without the batch; `null`: open. `[112,112,3]`, `[null,null,3]`, `[256,1]`. */
  readonly shape: readonly (number | null)[];
  /** Per channel (or one for all), on values 0…1 for pictures: `x · times + plus`. */
  readonly times: readonly number[];
  readonly plus: readonly number[];
  /** The file wants blue first. */
  readonly reversed?: boolean;
}

/** A network as plain data: its file, and how to feed it. `@patchbay/runtime/networks` opens it. */
export interface NetworkValue {
  readonly kind: "network";
  /** Its id, pinned by content: `onnx-` or `tfjs-` and 16 hex digits of the SHA-256 of its files. */
  readonly network: string;
  readonly title: string;
  readonly format: "onnx" | "tfjs";
  /** ONNX: one file. tfjs: `model.json` first, then its shards under the names that it uses. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly input: NetworkInput;
  /** The output or layer that is its result. */
  readonly output: string;
  /** What the result is. */
  readonly meaning?: "encoding" | "activation";
  /** Of a classifier: names of its classes, in the order of its outputs. */
  readonly classes?: readonly string[];
}

/** One unit's patches, best first. */
export interface UnitPatches {
  readonly layer: string;
  readonly channel: number;
  readonly patches: readonly {
    /** The picture's index and name. */
    readonly picture: number;
    readonly name: string;
    readonly activation: number;
    /** Position of the unit in the layer, [row, column]. */
    readonly at: readonly [number, number];
    /** Its receptive field in pixels of the picture, cropped at the borders. */
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    readonly image: ImageValue;
  }[];
}

export interface PatchesValue {
  readonly kind: "patches";
  readonly network: string;
  readonly units: readonly UnitPatches[];
  /** Side of the receptive field in pixels before cropping, by layer. */
  readonly receptiveFields: { readonly [layer: string]: number };
}

export interface ScatterValue {
  readonly kind: "scatter";
  /** What the axes are: "PCA, 41 % and 17 % of the variance". */
  readonly axes: readonly [string, string];
  readonly points: readonly { readonly x: number; readonly y: number; readonly name: string; readonly label?: string; readonly image?: ImageValue }[];
}

/** A rate or threshold with its confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Error rates of a distance, measured on pairs. FAR(τ) and FRR(τ) as in the definitions. */
export interface CalibrationValue {
  readonly kind: "calibration";
  readonly network: string;
  readonly metric: string;
  readonly pairs: { readonly same: number; readonly different: number };
  readonly people: number;
  readonly auc: Estimate;
  readonly eer: Estimate & { readonly threshold: number };
  /** Rising thresholds. */
  readonly points: readonly { readonly threshold: number; readonly far: number; readonly frr: number }[];
  /** Distances of pairs, in bins of equal width from `from` on. */
  readonly histogram: { readonly from: number; readonly width: number; readonly same: readonly number[]; readonly different: readonly number[] };
  /** The threshold that was picked, and by which rule ("EER", "FAR ≤ 0.001"). */
  readonly chosen: { readonly rule: string; readonly threshold: Estimate; readonly far: Estimate; readonly frr: Estimate };
  /** Share of the bootstrap intervals, such as 0.95, and how many samples of people they were drawn from. */
  readonly confidence: { readonly share: number; readonly samples: number };
}

export interface ConfusionValue {
  readonly kind: "confusion";
  readonly classes: readonly string[];
  /** `counts[truth][prediction]`. */
  readonly counts: readonly (readonly number[])[];
}

/** A file to save or to show: an animation, a report. */
export interface FileValue {
  readonly kind: "file";
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
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
  | SeriesValue | TableValue | TextValue | NumberValue | DatasetValue | NetworkValue | PatchesValue | ScatterValue | CalibrationValue
  | ConfusionValue | FileValue;

export const tensorValue = (t: TensorData, network?: string): TensorValue => ({ kind: "tensor", dtype: t.dtype, shape: t.shape, data: t.data, ...(network ? { network } : {}) });
