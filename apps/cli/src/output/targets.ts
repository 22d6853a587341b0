/** `--output NAME=PATH`: checked before the run, so that nothing is computed that could not be saved. */
import path from "node:path";
import { realpath } from "node:fs/promises";
import type { LoadedGraph } from "@patchbay/runtime";
import type { PortKind } from "@patchbay/graph-core";
import { usage } from "../exit.ts";
import type { Pair } from "../input/pairs.ts";
import { requireWritable } from "./atomic-file.ts";

const PICTURES = [".png", ".jpg", ".jpeg", ".webp"];

/** The endings that a value of this kind is saved under. */
function endings(kind: PortKind | undefined, isPicture: boolean): readonly string[] {
  if (kind === "image") return PICTURES;
  if (kind === "tensor") return isPicture ? [...PICTURES, ".json"] : [".json"];
  if (kind === "table" || kind === "series") return [".json", ".csv"];
  if (kind === "text") return [".txt", ".json"];
  // Animations and reports: whatever they say they are.
  if (kind === "file") return [".gif", ".png", ".webp", ".html", ".json"];
  if (kind === "network") return [".onnx", ".safetensors", ".json"];
  if (kind === "confusion" || kind === "calibration" || kind === "scatter" || kind === "dataset" || kind === "patches") return [".json", ".csv"];
  return kind === undefined || kind === "any" ? [...PICTURES, ".json", ".csv", ".txt"] : [".json"];
}

/** A slip of the hand must not cost the graph. */
export async function requireOther(file: string, graphFile: string, option: string): Promise<void> {
  const [target, graph] = await Promise.all([file, graphFile].map((name) => realpath(name).catch(() => path.resolve(name))));
  if (target === graph) throw usage(`${option} would overwrite the graph itself.`);
}

/** Output names to paths. Throws a usage error for unknown names, endings that do not fit, and places that cannot be written to. */
export async function readTargets(graph: LoadedGraph, pairs: readonly Pair[] | undefined, graphFile: string): Promise<ReadonlyMap<string, string>> {
  const { outputs } = graph.inference.flat;
  const targets = new Map<string, string>();
  for (const { name, value: file } of pairs ?? []) {
    const option = `--output ${name}`;
    const entry = outputs.find((output) => output.name === name);
    if (!entry) throw usage(`The graph has no output "${name}"; ${outputs.length ? `it has ${outputs.map((o) => o.name).join(", ")}` : "it has none"}.`);
    if (targets.has(name)) throw usage(`${option} is given twice.`);
    if (file === "") throw usage(`${option}: name a file, as ${option}=FILE.`);
    const type = graph.inference.types.get(`${entry.node}.${entry.port}`);
    const isPicture = type?.kind === "tensor" && type.meaning === "image";
    const allowed = endings(type?.kind, isPicture);
    const ending = path.extname(file).toLowerCase();
    if (!allowed.includes(ending)) throw usage(`${option}: ${ending ? `"${ending}" does not suit this output` : `${file} has no ending`}; it is saved as ${allowed.join(", ")}.`);
    await requireWritable(file, option);
    await requireOther(file, graphFile, option);
    if ([...targets.values()].some((other) => path.resolve(other) === path.resolve(file))) throw usage(`Two outputs are saved to ${file}.`);
    targets.set(name, file);
  }
  return targets;
}
