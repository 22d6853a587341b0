/** Writes a graph's compiled pipeline as one ONNX file; for an optimisation the whole step with its gradient and update. */
import { GraphError, type Diagnostic } from "@patchbay/graph-core";
import { resolveBackend } from "../backends/resolve.ts";
import type { Backend, BackendId, Executable } from "../backends/backend.ts";
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import { optimise } from "../passes/index.ts";
import { invariants } from "../optimize/minimise.ts";
import { stepPrograms } from "../optimize/step-programs.ts";
import type { LoadedGraph } from "./load-graph.ts";
import { compilePipeline } from "./pipeline.ts";
import { captureStep, type CapturedStep } from "./capture-step.ts";
import { exportTraining } from "./export-training.ts";
import type { RunSettings } from "./overrides.ts";
import { settle } from "./settle.ts";

export interface ExportOptions extends RunSettings {
  /** Names of interface outputs; by default all of them. */
  outputs?: readonly string[];
  /** Where what comes before the file is computed, and the values baked into it. */
  backend?: BackendId | readonly BackendId[];
  signal?: AbortSignal;
}

export interface OnnxPortInfo {
  name: string;
  dtype: string;
  shape: readonly number[];
  doc: string;
}

export interface OnnxExport {
  bytes: Uint8Array;
  inputs: readonly OnnxPortInfo[];
  outputs: readonly OnnxPortInfo[];
  /** Full sentences: what stayed outside the file and how state is fed back. */
  notes: readonly string[];
}

/** @throws GraphError when the graph cannot run, or when nothing of it can be written as tensors. */
export async function exportOnnx(graph: LoadedGraph, options: ExportOptions = {}): Promise<OnnxExport> {
  const settled = await settle(graph, options);
  const { backend } = await resolveBackend(options.backend);
  const step = await captureStep(graph, settled, backend, options.signal);
  const made = step ? await ("drawing" in step ? exportTraining(step, backend, (id) => settled.flat.byId.get(id)!.declaration!) : exportStep(step, backend)) : await compilePipeline(graph, settled, backend, options.signal);
  if (!made.program.outputs.length) {
    const nothing: Diagnostic = { code: "nothing-to-export", severity: "error", message: "Nothing of this graph is computed with tensors, so there is nothing that an ONNX file could hold." };
    throw new GraphError([nothing]);
  }
  const port = ({ name, value }: Program["inputs"][number]): OnnxPortInfo => {
    const { dtype, shape } = made.program.types[value]!;
    return { name, dtype, shape, doc: made.docs[name] ?? "" };
  };
  const [inputs, outputs] = [made.program.inputs.map(port), made.program.outputs.map(port)];
  const title = graph.document.title ?? "Patchbay pipeline";
  const docString = [title, ...made.notes].join("\n");
  // Loaded here: a run that exports nothing needs no protocol buffers.
  const { programToOnnx } = await import("../onnx/index.ts");
  const bytes = programToOnnx(made.program, {
    name: title.replace(/\W+/g, "_"),
    docString,
    docs: made.docs,
    metadata: { producer: "patchbay", notes: made.notes.join("\n"), inputs: JSON.stringify(inputs), outputs: JSON.stringify(outputs) },
  });
  return { bytes, inputs, outputs, notes: made.notes };
}

/** A program with a sentence for each of its ports. */
export interface Compiled {
  program: Program;
  docs: { [port: string]: string };
  notes: string[];
}

/** The pictures and all that is derived from them alone are baked in; what is carried from step to step is input and output. */
async function exportStep({ region, options, image }: CapturedStep, backend: Backend): Promise<Compiled> {
  const programs = stepPrograms(region, options, { picture: true });
  const opened: Executable[] = [];
  const still = await invariants(region, programs, "", {
    async compile(_key, build) {
      const e = await backend.compile(build());
      opened.push(e);
      return e;
    },
  });
  await Promise.all(opened.map((e) => e.dispose()));
  const b = new Builder();
  const baked: { readonly [name: string]: TensorData } = { ...region.frontier, ...still };
  const given: { [name: string]: Value } = {};
  for (const { name, value } of programs.step.inputs)
    given[name] = name in programs.carried || name === "step" ? b.input(name, programs.step.types[value]!) : b.constant(baked[name]!);
  const out = b.inline(programs.step, given);
  const outputs = Object.fromEntries(Object.entries(out).map(([name, v]) => [rename(name, image), v]));
  const program = optimise(b.build(outputs));
  const carried = Object.keys(programs.carried);
  const docs: { [port: string]: string } = {
    step: "Steps done so far: 0 in the first call.",
    [image]: "The picture after this step, [1,H,W,3] in 0…1.",
    total: "The loss before this step's update.",
  };
  for (const { name } of program.outputs) if (name.startsWith("term:")) docs[name] = `The cost that ${name.slice(5)} gave before this step's update.`;
  for (const name of carried) {
    docs[name] = "Carried state: zeros in the first call, then what the output of the same name with `next.` in front gave.";
    docs[`next.${name}`] = `Feed back as ${name}.`;
  }
  return { program, docs, notes: stepNotes(options, carried, image) };
}

const rename = (name: string, image: string): string => (name === "picture" ? image : name === "params" || name.startsWith("state.") ? `next.${name}` : name);

const stepNotes = (o: MinimiseOptions, carried: readonly string[], image: string): string[] => [
  `One call is one step of ${o.method} on the picture, with its gradient; the pictures that it compares with are inside the file.`,
  `Call it ${o.steps} times with step = 0, 1, 2 …; start ${carried.join(", ")} as zeros and feed each next.NAME back as NAME.`,
  `The output ${image} is the picture after the step; total and term:* are the loss and its terms before it.`,
  ...((o.octaves ?? 1) > 1 || (o.tile ?? 0) > 0 ? ["It works at full size and on the whole picture: octaves and tiles are not in the file."] : []),
];
