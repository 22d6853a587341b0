/** Where and with what the figures were measured: a figure without these means nothing. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { PyTorch } from "./python.ts";

const require = createRequire(import.meta.url);

/** Of the installed package, whose `exports` may hide its package.json. */
function versionOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? [])
    try {
      return (JSON.parse(readFileSync(`${folder}/${name}/package.json`, "utf8")) as { version: string }).version;
    } catch {
      // Not in this folder; the next one is looked at.
    }
  return "not installed";
}

export interface Machine {
  date: string;
  cpu: string;
  cores: number;
  memoryGB: number;
  /** Processes that wanted a core in the last minute, before anything was measured: above 1 the figures are noisy. */
  load: number;
  threads: number;
  versions: { readonly [name: string]: string };
}

export function describeMachine(threads: number, torch: PyTorch | undefined): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() || "unknown processor",
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    load: Math.round(loadavg()[0]! * 10) / 10,
    threads,
    versions: {
      patchbay: versionOf("@patchbay/runtime"),
      node: process.versions.node,
      "onnxruntime-node": versionOf("onnxruntime-node"),
      sharp: versionOf("sharp"),
      PyTorch: torch ? `${torch.version}, ${torch.blas}` : "not found",
      "@vladmandic/face-api": versionOf("@vladmandic/face-api"),
      "@tensorflow/tfjs": versionOf("@tensorflow/tfjs"),
      "@tensorflow/tfjs-backend-wasm": versionOf("@tensorflow/tfjs-backend-wasm"),
    },
  };
}

export const formatMachine = (m: Machine): string =>
  [
    `Machine:  ${m.cpu}, ${m.cores} cores, ${m.memoryGB} GB; load before: ${m.load}; threads a side: ${m.threads}`,
    `Versions: ${Object.entries(m.versions).map(([name, version]) => `${name} ${version}`).join("; ")}`,
    `Date:     ${m.date}`,
  ].join("\n");
