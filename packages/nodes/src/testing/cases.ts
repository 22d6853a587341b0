/** Finds every node's worked examples by the file that lies beside it: `conv-1d.case.ts` belongs to `conv-1d.ts`. For tests. */
// oxlint-disable-next-line no-restricted-imports -- used by tests alone, never shipped
import { readdirSync } from "node:fs";
import type { NodeCase, RunnableNode } from "@patchbay/runtime/node-api";

const ROOT = new URL("../", import.meta.url);

/** Worked examples by node type. */
export async function loadCases(): Promise<ReadonlyMap<string, readonly NodeCase[]>> {
  const found = new Map<string, readonly NodeCase[]>();
  for (const path of (readdirSync(ROOT, { recursive: true }) as string[]).map((p) => p.replaceAll("\\", "/")).sort()) {
    if (!path.endsWith(".case.ts")) continue;
    const load = (file: string) => import(/* @vite-ignore */ new URL(file, ROOT).href) as Promise<{ [name: string]: unknown }>;
    const { cases } = (await load(path)) as { cases: NodeCase[] };
    for (const value of Object.values(await load(path.replace(".case.ts", ".ts")))) if (isNode(value)) found.set(value.type, cases);
  }
  return found;
}

const isNode = (value: unknown): value is RunnableNode => typeof value === "object" && value !== null && "type" in value && "params" in value && "outputs" in value;
