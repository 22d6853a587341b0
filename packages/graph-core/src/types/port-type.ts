/** The types that travel on wires: tensors with dtype and shape, and plain values. */

export type DType = "float32" | "int32" | "bool";

/**
 * One axis length. A number when it is known before anything runs; otherwise a symbolic
 * expression in canonical text form, such as `H`, `H-4` or `ceil(W/2)`. Equal text means equal length.
 */
export type Dim = number | string;

/** What a tensor stands for, where that matters to assignability or to how it is shown. */
export type Meaning =
  | "image" // [N,H,W,3], values 0…1
  | "encoding" // [N,n], the output of an encoder
  | "features" // element-wise difference features of two encodings
  | "activation" // [N,…spatial,C], a hidden layer
  | "gram" // [C,C]
  | "loss" // [] float32
  | "distance" // []
  | "signal" // [N,L,C]
  | "volume"; // [N,D,H,W,C]

export interface TensorType {
  kind: "tensor";
  dtype: DType;
  /** `null`: any rank. Channels last: `[N,H,W,C]`, `[N,L,C]`, `[N,D,H,W,C]`. */
  shape: readonly Dim[] | null;
  meaning?: Meaning;
  /** The id of the network that computed it (encodings, activations); encodings of two networks do not compare. */
  network?: string;
}

/** One decoded picture, 8-bit RGB. Accepted where an image tensor is: its pixels as `[1,H,W,3]` in 0…1. */
export interface ImageType {
  kind: "image";
  width: Dim;
  height: Dim;
}

/** Activations of chosen layers of a network. With exactly one layer it is accepted where a tensor is. */
export interface ActivationsType {
  kind: "activations";
  network: string;
  layers: readonly { name: string; shape: readonly Dim[] }[];
}

export interface GalleryType {
  kind: "gallery";
  /** The id of the network whose encodings it holds, when known before it is read. */
  network?: string;
  /** The metric of the calibration it carries, where it is known to carry one. */
  calibrated?: string;
}

/** Error rates over thresholds, measured on pairs: they hold for one network and one metric. */
export interface CalibrationType {
  kind: "calibration";
  /** The id of the network whose encodings were compared, where it is known before anything runs. */
  network?: string;
  metric?: string;
}

/** Labelled examples of equal shape: what learning, calibration and maps are made from. */
export interface DatasetType {
  kind: "dataset";
  /** Shape of one example, channels last, without the batch: `[H,W,3]` pictures, `[L,C]` signals, `[D,H,W,C]` volumes, `[n]` encodings. `null`: not known yet. */
  example: readonly Dim[] | null;
  /** What an example is: `image`, `signal`, `volume` or `encoding`. */
  meaning?: Meaning;
  /** The number of classes or people, where it is known before anything runs. */
  classes?: number;
  /** Of encodings: the id of the network that computed them. */
  network?: string;
}

/** An architecture with its weights, from a file or from a Trainer. */
export interface NetworkType {
  kind: "network";
  /** Its id, pinned by content (`onnx-0123456789abcdef`), where it is known before anything runs. */
  network?: string;
  /** What it takes, channels last, batch first: `[N,H,W,3]`. `null`: not known yet. */
  input: readonly Dim[] | null;
  /** Its result, channels last, batch first: `[N,n]`. `null`: not known yet. */
  output: readonly Dim[] | null;
  /** What the result is, such as `encoding`. */
  meaning?: Meaning;
  /** The hidden layers that can be picked, in order; empty where they are not known yet. */
  layers: readonly NetworkLayerType[];
  /** Why it cannot be written as IR, and so has no gradient and no layers; absent where it can. */
  opaque?: string;
}

export interface NetworkLayerType {
  name: string;
  /** The operator as the file calls it. */
  op: string;
  /** `null`: not known. */
  channels: number | null;
  /** Channels last, batch first; `null` for lengths that depend on the input's. Absent: not known. */
  shape?: readonly (number | null)[];
}

/** Plain values without a static structure of their own. */
export type PlainKind =
  | "images" // a list of named pictures
  | "faces" // boxes, landmarks and scores, with the picture they were found in
  | "identity" // { name | null, distance, candidates }
  | "decision" // { same, distance, threshold, margin }
  | "patches" // the parts of pictures that activate units of a network most
  | "scatter" // points in the plane with names, labels and thumbnails
  | "confusion" // counts of true against predicted classes
  | "file" // the bytes of a file to save
  | "series" // named curves over steps
  | "table"
  | "text"
  | "number";

export interface PlainType {
  kind: PlainKind;
}

/** What a port may declare beside the types of values: anything at all (viewers). */
export interface AnyType {
  kind: "any";
}

export type PortType = TensorType | ImageType | ActivationsType | GalleryType | CalibrationType | DatasetType | NetworkType | PlainType | AnyType;
export type PortKind = PortType["kind"];
