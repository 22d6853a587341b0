/** Runs a network once on given tensors: written as IR, made fast, compiled, run. */
import type { Backend } from "../backends/backend.ts";
import { Builder } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import { optimise } from "../passes/index.ts";
import { NetworkValueNeeded, type NetworkSource } from "./network-source.ts";

/**
 * The program that computes `wanted`. Inputs on whose values shapes depend become constants of it, the others its inputs.
 * Throws NodeFailure as `NetworkSource.build` does.
 */
export function networkProgram(network: NetworkSource, inputs: { readonly [name: string]: TensorData }, wanted: readonly string[]): Program {
  const fixed = new Set<string>();
  for (;;) {
    const b = new Builder();
    const values = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, fixed.has(name) ? b.constant(t) : b.input(name, t)]));
    try {
      const written = network.build(b, values, wanted);
      return b.build(Object.fromEntries(wanted.map((name) => [name, written.get(name)!])));
    } catch (error) {
      if (!(error instanceof NetworkValueNeeded) || fixed.has(error.input) || !(error.input in inputs)) throw error;
      fixed.add(error.input);
    }
  }
}

/** Outputs by name. Throws NodeFailure for what does not fit, and what the backend throws. */
export async function computeNetwork(network: NetworkSource, inputs: { readonly [name: string]: TensorData }, wanted: readonly string[], backend: Backend): Promise<{ [name: string]: TensorData }> {
  const program = optimise(networkProgram(network, inputs, wanted));
  const executable = await backend.compile(program);
  try {
    return await executable.run(Object.fromEntries(program.inputs.map(({ name }) => [name, inputs[name]!])));
  } finally {
    await executable.dispose();
  }
}
