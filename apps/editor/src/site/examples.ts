/** The graphs of `examples/`: their titles are in the page, each graph is loaded when it is opened. */
import type { ExampleEntry } from "../examples/example-entry.ts";

const files = import.meta.glob<string>("../../../../examples/*.json", { query: "?raw", import: "default" });
const titles = import.meta.glob<string>("../../../../examples/*.json", { import: "title", eager: true });
const descriptions = import.meta.glob<string>("../../../../examples/*.json", { import: "description", eager: true });

/** What most people want to see first stands first; graphs that are not named here follow. */
const ORDER = ["style-transfer", "style-two-styles", "face-verification", "face-recognition", "convolutions", "triplet-loss", "siamese-logistic", "style-inception", "style-transfer-gatys"];

const nameOf = (path: string): string => /([^/]+)\.json$/.exec(path)![1]!;
const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** By name: `style-transfer`. */
export const exampleGraphs: ReadonlyMap<string, () => Promise<string>> = new Map(Object.entries(files).map(([path, load]) => [nameOf(path), load]));

/** For the gallery; `assets` is where the pictures are. */
export const exampleEntries = (assets: string): readonly ExampleEntry[] =>
  Object.keys(files)
    .map((path) => ({ name: nameOf(path), title: titles[path]!, description: descriptions[path]!, picture: `${assets}examples/${nameOf(path)}.webp`, load: files[path]! }))
    .sort((a, b) => place(a.name) - place(b.name));
