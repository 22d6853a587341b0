/** Runs in a process of its own: the worked examples of all nodes on tfjs-webgpu in Node, printed as one line of JSON. */
/// <reference types="vite/client" />
import type { NodeCase, RunnableNode } from "@patchbay/runtime/node-api";
import { nodes } from "../../packages/nodes/src/index.ts";
import { contradiction, difference, runCase } from "../../packages/nodes/src/testing/run-case.ts";
import { tfjsWebgpuBackend } from "../../packages/runtime/src/backends/tfjs/index.ts";

export interface LibraryReport {
  readonly unavailable: { readonly code: string; readonly reason: string } | null;
  readonly results: readonly { readonly title: string; readonly error: string | null }[];
}

/** The software adapter takes minutes for a whole face network: examples with small inputs only, and neither optimisers nor trainers. */
const LARGEST_INPUT = 20_000;
/** How much more than a case's own tolerance float32 on this engine may differ. */
const AT_LEAST = 1e-4;

const caseFiles = import.meta.glob<{ cases: NodeCase[] }>("../../packages/nodes/src/**/*.case.ts", { eager: true });
const nodeFiles = import.meta.glob<{ [name: string]: unknown }>(["../../packages/nodes/src/**/*.ts", "!../../packages/nodes/src/**/*.{case,test}.ts", "!../../packages/nodes/src/testing/**"], { eager: true });
const byType = new Map(nodes.declarations.map((n) => [n.type, n]));

function examples(): { node: RunnableNode; example: NodeCase }[] {
  return Object.entries(caseFiles).flatMap(([path, { cases }]) => {
    const declared = Object.values(nodeFiles[path.replace(".case.ts", ".ts")] ?? {}) as { type?: string }[];
    const node = declared.map((d) => byType.get(d?.type ?? "")).find(Boolean);
    if (!node || node.role === "optimiser" || node.role === "trainer") return [];
    return cases.filter((c) => Object.values(c.inputs ?? {}).reduce((n, v) => n + (v.kind === "tensor" ? v.data.length : 0), 0) < LARGEST_INPUT).map((example) => ({ node, example }));
  });
}

/** What is wrong with what came out; `null` when nothing is. */
async function problem(node: RunnableNode, example: NodeCase): Promise<string | null> {
  try {
    const { result, types } = await runCase(node, example, "tfjs-webgpu");
    for (const [port, expected] of Object.entries(example.expected)) {
      const found = result.outputs[port];
      if (!found) return `nothing came out of ${port}`;
      const clash = contradiction(types.get(`node.${port}`), found);
      if (clash) return `${port}: ${clash}`;
      if (typeof expected === "function") expected(found);
      else {
        const apart = difference(found, expected);
        if (!(apart <= Math.max(example.tolerance ?? 1e-5, AT_LEAST))) return `${port} is off by ${apart}`;
      }
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const probe = await tfjsWebgpuBackend.probe();
const results: { title: string; error: string | null }[] = [];
if (probe.available) for (const { node, example } of examples()) results.push({ title: `${node.type}: ${example.name}`, error: await problem(node, example) });
const report: LibraryReport = { unavailable: probe.available ? null : { code: probe.code, reason: probe.reason }, results };
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
