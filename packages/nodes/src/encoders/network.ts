/** A network of your own on a wire: read from a file, looked into, run and trained by whatever is connected. */
import { defineNode } from "@patchbay/runtime/node-api";
import { openNetwork } from "@patchbay/runtime/networks";
import { describeNetworkFile, factsOf, fileParams, NETWORK, networkFromFile, networkType } from "../networks/file-network.ts";
import { mistake } from "../port-types.ts";

const { file, rest } = fileParams();

export const network = defineNode({
  type: "Network",
  version: 1,
  title: "Network",
  group: "Encoders",
  doc: "A convolutional network from an ONNX file or a TensorFlow.js model, as one value on a wire: Encoder, Feature extractor, Run network and Nine patches take it. It is written in Patchbay's own operations, so that gradients flow through it and every layer can be looked at; a file with an operator outside the set still runs as a whole, and says that it has no gradient. Pinned by the hash of its content, a graph refuses another file under the same name.",
  synonyms: ["onnx", "tfjs", "model", "ResNet", "MobileNet", "VGG", "SqueezeNet", "Inception", "ArcFace", "import", "backbone", "bring your own"],
  inputs: [],
  outputs: [
    { name: "network", doc: "The architecture with its weights.", type: NETWORK },
    { name: "layers", doc: "Its layers in order: name, operator, channels and shape.", type: { kind: "table" } },
  ],
  params: [
    file,
    ...rest,
    { name: "result", title: "Result", kind: "text", default: "", help: "The layer or output that is the network's result; empty takes the first output. The layer before a classifier makes an encoder of it." },
    {
      name: "meaning", title: "The result is", kind: "choice", default: "activation", help: "What the result stands for.",
      choices: [{ value: "activation", title: "Activations or scores" }, { value: "encoding", title: "An encoding", help: "Distances between results mean something." }],
    },
    { name: "classes", title: "Class names", kind: "text", multiline: true, default: "", help: "Of a classifier: one name a line, in the order of its outputs." },
  ],
  infer({ params, facts, node }) {
    const { known, mistake: wrong } = factsOf(params, facts);
    if (wrong) return mistake(["network"], wrong.code, wrong.message, { param: wrong.param });
    if (!known) return {};
    const result = params["result"] as string;
    if (result !== "" && known.opaque === null && !known.layers.some((l) => l.name === result))
      return mistake(["network"], "unknown-layer", `This network has no layer “${result}”. It has ${known.layers.slice(0, 8).map((l) => `“${l.name}”`).join(", ")}${known.layers.length > 8 ? ` and ${known.layers.length - 8} more; the table “layers” lists all` : ""}.`, { param: "result" });
    const outputs = { network: networkType(known, params, params["meaning"] as "activation" | "encoding") };
    const notes = [];
    if (known.opaque !== null) notes.push({ code: "no-gradient", severity: "warning" as const, param: "file", message: `This network runs as a whole, without a gradient and without layers to look into. ${known.opaque}` });
    if (params["pin"] === "")
      notes.push({
        code: "not-pinned", severity: "info" as const, param: "pin", message: `Any file at that place is taken. Pin the network ${known.network} to have others refused.`,
        fix: { title: "Pin it", changes: [pinned(node, known.network)] },
      });
    return { outputs, diagnostics: notes };
  },
  describeFile: (_param, bytes, name, readBeside) => describeNetworkFile(name, bytes, readBeside),
  async evaluate(context) {
    const { params } = context;
    const classes = (params["classes"] as string).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
    const value = await networkFromFile(context, { result: params["result"] as string, meaning: params["meaning"] as "activation" | "encoding", classes });
    const { layers, opaque } = openNetwork(value);
    if (opaque !== null) context.warn("no-gradient", `This network runs as a whole, without a gradient and without layers to look into. ${opaque}`, { param: "file" });
    return { network: value, layers: { kind: "table", columns: ["layer", "operator", "channels"], rows: layers.map((l) => [l.name, l.op, l.channels]) } };
  },
});

/** The edit that pins a node inside subgraphs as well. */
function pinned(node: string, value: string) {
  const path = node.split("/");
  const id = path.pop()!;
  return { kind: "set-param" as const, node: id, param: "pin", value, ...(path.length ? { scope: path } : {}) };
}
