/** What the surroundings (Node, a browser worker, another program) must provide to nodes: files, assets, picture codecs. */
import type { ImageValue } from "./values.ts";

export interface Host {
  /** A file of an installed npm package, e.g. `@vladmandic/face-api/model/face_recognition_model.bin`. */
  readAsset(specifier: string): Promise<Uint8Array>;
  /**
   * A file that the graph or the caller names: a path relative to the graph, or `npm:package/path`.
   * Throws NodeFailure with a sentence when it is missing, refused or too large. (`data:` URLs are handled before.)
   */
  readFile(reference: string): Promise<Uint8Array>;
  /**
   * A path that the caller names rather than the graph (relative to the working directory): returns the reference under
   * which nodes may read it. Absent where callers hand over contents instead.
   */
  givenPath?(path: string): Promise<string>;
  /** Names inside a folder, sorted; folders end with `/`. The same refusals as readFile. */
  listFolder(reference: string): Promise<readonly string[]>;
  /** JPEG, PNG or WebP to upright RGB; at most 50 megapixels. Throws NodeFailure naming `name`. */
  decodeImage(bytes: Uint8Array, name: string): Promise<ImageValue>;
  /** The upright size of a picture without decoding it; for static shapes before a run. */
  imageSize?(bytes: Uint8Array, name: string): Promise<{ width: number; height: number }>;
  /** RGB to a file's bytes; `format` by extension without dot. */
  encodeImage(image: ImageValue, format: "png" | "jpeg" | "webp"): Promise<Uint8Array>;
}

/** A node could not do its work for a reason that the person can act on: becomes a diagnostic on the node, never a stack trace. */
export class NodeFailure extends Error {
  override name = "NodeFailure";
  readonly code: string;
  readonly param: string | undefined;
  constructor(code: string, message: string, options: { param?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.param = options.param;
  }
}
