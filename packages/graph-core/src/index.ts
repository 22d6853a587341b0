export * from "./types/port-type.ts";
export * from "./diagnostics.ts";
export * from "./document/document.ts";
export * from "./declaration/param.ts";
export * from "./declaration/declaration.ts";
export * from "./edits/change.ts";
