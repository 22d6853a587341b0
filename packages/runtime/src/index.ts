/** Patchbay's runtime for programs that embed it: load a graph, run it, export it. Importing it has no side effect. */
export { loadGraph, collectFacts, type LoadedGraph, type LoadOptions } from "./exec/load-graph.ts";
export { run, type RunOptions, type RunResult } from "./exec/run.ts";
export type { RunEvent } from "./exec/events.ts";
export type { FileContent, InputValue } from "./exec/overrides.ts";
export type { RunManifest } from "./exec/manifest.ts";
export { RunCache, type CacheLimits } from "./exec/cache.ts";
export { optimisedRegions, type Region } from "./exec/optimised-regions.ts";
export { exportOnnx, type ExportOptions, type OnnxExport } from "./exec/export-onnx.ts";
export { toImage, type OptimiserState } from "./optimize/minimise.ts";
export type { BackendId, Probe } from "./backends/backend.ts";
export { BACKEND_IDS, NoBackend } from "./backends/resolve.ts";
export * from "./node-api/values.ts";
export { bytesOf } from "./node-api/value-bytes.ts";
export { isLearned, learnedJson, learnedRows, learnedText, type LearnedValue } from "./node-api/learned-values.ts";
export { NodeFailure, type Host } from "./node-api/host.ts";
export type { NodeProgress, RunnableNode } from "./node-api/node.ts";
export { decodeSafetensors, encodeSafetensors, type SafetensorsFile } from "./formats/safetensors.ts";
export { GraphError, type Diagnostic } from "@patchbay/graph-core";
