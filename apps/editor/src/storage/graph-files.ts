/** The files of one graph, as a folder that nodes read from: pictures that were dropped, galleries, `.onnx` files. */

export interface GraphFiles {
  /** The bytes under a relative path; null where there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  /** Names inside a folder (`people/`), sorted; folders end with `/`. Null where there is no such folder. */
  list(folder: string): Promise<readonly string[] | null>;
  /**
   * Keeps a file and returns the path by which the graph names it: the name without characters that lists of files use
   * (`,` `=` `#`), made unique unless the same bytes are there already. `name` may hold folders: `people/Nora/1.jpg`.
   * Throws QuotaExceeded (a DOMException) when the browser has no room.
   */
  add(name: string, content: Blob | Uint8Array): Promise<string>;
  /** All paths, sorted. */
  paths(): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
  /** Called after files came or went. Returns how to end it. */
  subscribe?(listener: () => void): () => void;
}
