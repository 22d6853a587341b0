/** The graphs of `examples/`, loaded when one is opened. */
const files = import.meta.glob<string>("../../../../examples/*.json", { query: "?raw", import: "default" });

/** By name: `style-transfer`. */
export const exampleGraphs: ReadonlyMap<string, () => Promise<string>> = new Map(Object.entries(files).map(([path, load]) => [/([^/]+)\.json$/.exec(path)![1]!, load]));
