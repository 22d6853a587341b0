/** The IR as a library: what node lowerings, passes and backends are written against. */
export * from "./tensor.ts";
export * from "./ops.ts";
export * from "./program.ts";
export * from "./type-rules.ts";
export * from "./builder.ts";
