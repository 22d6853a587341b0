/** What encodings of a network call it: the hash of its files, and how they are read where that is not the plain way. */

export interface NetworkIdentity {
  /** How pixel values are scaled; `0-1` is plain. */
  scaling?: string;
  /** Blue first. */
  reversed?: boolean;
  /** The layer that is the result; empty is the file's own. */
  result?: string;
}

/** `onnx-0123456789abcdef`, or `onnx-0123456789abcdef+imagenet+bgr+pool5`: encodings of one file that is read in two ways do not compare. */
export const readNetworkId = (hash: string, { scaling, reversed, result }: NetworkIdentity): string =>
  [hash, ...(scaling && scaling !== "0-1" ? [scaling] : []), ...(reversed ? ["bgr"] : []), ...(result ? [result] : [])].join("+");

/** The hash alone. */
export const hashOfNetwork = (id: string): string => id.split("+")[0]!;
