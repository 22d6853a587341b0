import type { Program } from "../ir/program.ts";
export const layout = (p: Program): Program => p;
