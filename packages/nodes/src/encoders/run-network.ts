/** Applies a network on a wire to a batch: classifiers, detectors and encoders of any rank. */
import type { PortType } from "@patchbay/graph-core";
import { defineNode, tensorValue, type NetworkValue, type TensorValue, type Value } from "@patchbay/runtime/node-api";
import { writeNetwork } from "@patchbay/runtime/networks";
import { dimsOf, lastWeights, NETWORK, networkTypeOf, runWhole } from "../networks/file-network.ts";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";
import { openNetwork } from "@patchbay/runtime/networks";

export const runNetwork = defineNode({
  type: "RunNetwork",
  version: 1,
  title: "Run network",
  group: "Encoders",
  doc: "Runs what arrives through the network on the wire, one trained in the graph or read from a file: pictures, signals or volumes go in, channels last, and its result comes out. Pictures are resized to the network's size where that is fixed. With trainable layers, a Trainer downstream changes the last of its weights and leaves the others as they are.",
  synonyms: ["apply", "infer", "predict", "classify", "forward", "model", "inference", "fine-tune", "transfer learning"],
  inputs: [
    { name: "network", doc: "From Network or Trainer.", type: NETWORK, known: true },
    { name: "input", doc: "A batch of examples, channels last.", type: ANY_TENSOR, jitter: true },
  ],
  outputs: [{ name: "output", doc: "The network's result, one row (or map) an example.", type: tensorType(null) }],
  params: [
    { name: "trainableLayers", title: "Trainable layers", kind: "number", default: 0, min: 0, max: 10_000, integer: true, help: "How many of the last layers with weights a Trainer changes; 0 keeps them all." },
    { name: "weights", title: "Weights", kind: "text", default: "", help: "Nodes with the same name here share one set of trained weights; empty shares by the network itself." },
  ],
  trainable: (params) => (params["trainableLayers"] as number) > 0,
  infer({ inputs, params, node }) {
    const network = networkTypeOf(inputs["network"]);
    const x = inputs["input"];
    const shape = x?.kind === "tensor" ? x.shape : null;
    if (network?.opaque && (params["trainableLayers"] as number) > 0) return mistake(["output"], "no-gradient", `This network cannot be trained. ${network.opaque}`, { param: "trainableLayers" });
    if (network?.input && shape) {
      const wrong = misfit(network.input, shape);
      if (wrong) return mistake(["output"], wrong.code, wrong.message, { port: "input" });
    }
    if (!network?.output) return {};
    const numbers = network.output.map((d) => (typeof d === "number" ? d : null));
    return { outputs: { output: { ...tensorType(dimsOf(numbers, shape?.[0] ?? "N", node), network.meaning), ...(network.network ? { network: network.network } : {}) } as PortType } };
  },
  lower({ b, inputs, known, params, weight }) {
    const network = known["network"] as NetworkValue;
    const trained = lastWeights(openNetwork(network).weights, params["trainableLayers"] as number);
    const built = writeNetwork(b, network, inputs["input"] as Value, [network.output], (name, data) => (trained.has(name) ? weight(name, () => data, network.network) : b.constant(data)));
    return { output: built.get(network.output)! };
  },
  async evaluate(context) {
    const network = context.inputs["network"] as NetworkValue;
    return { output: tensorValue(await runWhole(context, network, context.inputs["input"] as TensorValue), network.network) };
  },
});

/** Channels and rank must fit; sizes of pictures are fitted. */
function misfit(wanted: readonly unknown[], shape: readonly unknown[]): { code: string; message: string } | null {
  if (wanted.length !== shape.length) return { code: "wrong-rank", message: `The network takes ${wanted.length} axes, [${wanted.join(",")}], and [${shape.join(",")}] arrives.` };
  const [need, have] = [wanted.at(-1), shape.at(-1)];
  if (typeof need === "number" && typeof have === "number" && need !== have) return { code: "channel-mismatch", message: `The network takes ${need} channels, and ${have} arrive.` };
  return null;
}
