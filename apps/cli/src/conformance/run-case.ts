/** One test case: read as a network, computed, compared with the outputs that it came with. */
import { readFile } from "node:fs/promises";
import { NodeFailure } from "@patchbay/runtime";
import type { Backend } from "@patchbay/runtime/backends";
import type { TensorData } from "@patchbay/runtime/ir";
import { computeNetwork, readOnnxNetwork, readOnnxTensor, toTensorData, type Elem, type Known, type NetworkSource } from "@patchbay/runtime/networks";
import type { CaseFolder, DataSet } from "./find-cases.ts";

export type Outcome = { readonly kind: "passed" } | { readonly kind: "refused" | "wrong"; readonly reason: string };

/** The tolerances of ONNX's own runner; of half and brain floats four units in their last place, because sums are carried in float32 here. */
const RELATIVE: { readonly [E in Elem]?: number } = { float16: 2 ** -9, bfloat16: 2 ** -6 };
const USUAL = 1e-3;
const ABSOLUTE = 1e-7;

/** Never throws for what a case holds. */
export async function runCase(folder: CaseFolder, backend: Backend): Promise<Outcome> {
  try {
    const network = readOnnxNetwork(await readFile(folder.model), "The model");
    if (network.opaque) return { kind: "refused", reason: network.opaque };
    if (!folder.dataSets.length) return { kind: "refused", reason: "The case has no test data." };
    for (const data of folder.dataSets) {
      const difference = await runDataSet(network, data, backend);
      if (difference) return { kind: "wrong", reason: difference };
    }
    return { kind: "passed" };
  } catch (error) {
    if (error instanceof NodeFailure) return { kind: "refused", reason: error.message };
    return { kind: "wrong", reason: `The engine failed: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}` };
  }
}

/** What differs, or null. */
async function runDataSet(network: NetworkSource, data: DataSet, backend: Backend): Promise<string | null> {
  const inputs: { [name: string]: TensorData } = {};
  for (const [i, path] of data.inputs.entries()) {
    const { name, tensor } = readOnnxTensor(await readFile(path), `input_${i}.pb`);
    const port = network.inputs.find((p) => p.name === name) ?? network.inputs[i];
    if (port) inputs[port.name] = toTensorData(tensor);
  }
  const expected: Known[] = [];
  for (const [i, path] of data.outputs.entries()) expected.push(readOnnxTensor(await readFile(path), `output_${i}.pb`).tensor);
  const names = network.outputs.map((o) => o.name).slice(0, expected.length);
  const results = await computeNetwork(network, inputs, names, backend);
  for (const [i, name] of names.entries()) {
    const difference = compare(results[name]!, expected[i]!);
    if (difference) return `Its output “${name}” ${difference}.`;
  }
  return null;
}

function compare(got: TensorData, want: Known): string | null {
  if (got.shape.length !== want.shape.length || got.shape.some((d, i) => d !== want.shape[i])) return `has the shape [${got.shape}] where [${want.shape}] is expected`;
  const dtype = toTensorData(want).dtype;
  if (got.dtype !== dtype) return `is ${got.dtype} where ${want.elem} is expected`;
  const relative = RELATIVE[want.elem] ?? USUAL;
  for (let i = 0; i < want.data.length; i++) {
    const [g, w] = [got.data[i]!, want.data[i]!];
    if (!(g === w || Math.abs(g - w) <= ABSOLUTE + relative * Math.abs(w) || (Number.isNaN(g) && Number.isNaN(w)))) return `has ${g} at position ${i} where ${w} is expected`;
  }
  return null;
}
