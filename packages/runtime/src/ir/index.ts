/** The IR as a library: what node lowerings, passes and backends are written against. */
export * from "./tensor.ts";
export * from "./ops.ts";
export * from "./program.ts";
export * from "./type-rules.ts";
export * from "./builder.ts";
export * from "./random.ts";
export * from "./resampling.ts";
export * from "./liveness.ts";
export * from "./print.ts";
export * from "./check.ts";
export * from "./hash.ts";
