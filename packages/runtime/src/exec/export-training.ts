/** A training step as a program of its own: what `export` writes of a graph that trains. */
import type { Backend } from "../backends/backend.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { sizeOf, type TensorData } from "../ir/tensor.ts";
import type { TrainOptions } from "../node-api/node.ts";
import { optimise } from "../passes/index.ts";
import { trainingPrograms, type Describe, type WeightPlace } from "../train/step-program.ts";
import type { CapturedTraining } from "./capture-step.ts";
import type { Compiled } from "./export-onnx.ts";

/**
 * Inputs are the batch, what is carried from step to step, the step and the rate; what never changes is baked in, and so are the
 * weights as they start, which count in the first call: whatever is carried starts as zeros.
 */
export async function exportTraining({ drawing, options }: CapturedTraining, backend: Backend, describe: Describe): Promise<Compiled> {
  const { step: { fixed, main }, carried, layout } = trainingPrograms(drawing, options, describe);
  const hoisted = fixed ? await once(backend, fixed, drawing.still) : {};
  const b = new Builder();
  const baked: { readonly [name: string]: TensorData } = { ...drawing.still, ...hoisted };
  const given: { [name: string]: Value } = {};
  const docs: { [port: string]: string } = {};
  const step = b.input("step", { dtype: "int32", shape: [] });
  for (const { name, value } of main.inputs) {
    const type = main.types[value]!;
    if (name === "step") given[name] = step;
    else if (name in baked) given[name] = b.constant(baked[name]!);
    else if (name in drawing.fed) {
      const port = name.slice(drawing.region.feed.length + 1);
      given[name] = b.input(port, type);
      docs[port] = `The batch of this step: what “${drawing.region.feed}” gives as ${port}.`;
    } else given[name] = b.input(name, type);
  }
  const start = new Float32Array(sizeOf(carried["params"]!));
  for (const { name, at } of layout) start.set(drawing.weights.get(name)!.data, at);
  given["params"] = b.select(b.gt(step, 0), given["params"]!, b.floats(carried["params"]!, start));
  const out = b.inline(main, given);
  const results = Object.fromEntries(Object.entries(out).map(([name, v]) => [name in carried ? `next.${name}` : name.replace(/^feedback:/, ""), v]));
  for (const name of Object.keys(carried)) {
    docs[name] = name === "params" ? `The weights, one after another: ${placesText(layout)}. Not read in the first call, which begins with those of the drawing; then what next.params gave.` : "Carried state: zeros in the first call, then what the output of the same name with `next.` in front gave.";
    docs[`next.${name}`] = `Feed back as ${name}.`;
  }
  Object.assign(docs, { step: "Steps done so far: 0 in the first call.", rate: "The learning rate of this step.", total: "The loss of this batch, before this step's update." });
  for (const name of Object.keys(results)) {
    if (name.startsWith("term:")) docs[name] = `The cost that ${name.slice(5)} gave before this step's update.`;
    if (name.startsWith("scalar:")) docs[name] = `${name.slice(7)}, before this step's update.`;
  }
  return { program: optimise(b.build(results)), docs, notes: notes(options, Object.keys(carried)) };
}

async function once(backend: Backend, program: Parameters<Backend["compile"]>[0], still: { readonly [name: string]: TensorData }): Promise<{ [name: string]: TensorData }> {
  const executable = await backend.compile(program);
  try {
    return await executable.run(Object.fromEntries(program.inputs.map((i) => [i.name, still[i.name]!])));
  } finally {
    await executable.dispose();
  }
}

const placesText = (layout: readonly WeightPlace[]): string => layout.map(({ name, shape, at }) => `${name} [${shape}] from ${at}`).join(", ");

const notes = (o: TrainOptions, carried: readonly string[]): string[] => [
  `One call is one step of ${o.method} on the trainable weights, with its gradient; weights that are not trained are inside the file.`,
  `Call it with step = 0, 1, 2 …, a batch and the learning rate (${o.learningRate}, ${o.schedule}); start ${carried.join(", ")} as zeros and feed each next.NAME back as NAME.`,
  "The loss and its terms are those of the batch before the step.",
];
