/** What the nodes that take a network from a file or from a wire share: parameters, types, and how the file is read. */
import { freshDim, type Dim, type FileFacts, type FileParam, type Facts, type Meaning, type NetworkType, type ParamSpec, type ParamValues, type PortType } from "@patchbay/graph-core";
import { float32, hashOfNetwork, NodeFailure, readNetworkId, siblingOf, type EvaluateContext, type NetworkIdentity, type NetworkValue, type PrepareContext, type TensorData } from "@patchbay/runtime/node-api";
import { fitInput, openNetwork, readNetworkFiles, type NetworkReading, type Scaling } from "@patchbay/runtime/networks";

/** Any network. */
export const NETWORK: NetworkType = { kind: "network", input: null, output: null, layers: [] };

const when = (equals: string) => ({ visibleWhen: { param: "network", equals: [equals] } });

/** How a file is read; `choice`: shown only while the parameter `network` has that value. */
export function fileParams(choice?: string): { file: FileParam; rest: readonly ParamSpec[] } {
  const shown = choice === undefined ? {} : when(choice);
  return {
    file: { name: "file", title: "Network file", kind: "file", accept: "network", default: "", help: "An .onnx file, or the model.json of a TensorFlow.js model with its shards beside it.", ...shown },
    rest: [
      {
        name: "scaling", title: "Pixel values", kind: "choice", default: "0-1", help: "The range of numbers that the network was trained on.", ...shown,
        choices: [
          { value: "0-1", title: "0 to 1" },
          { value: "-1-1", title: "−1 to 1", help: "ArcFace-type encoders, MobileNet and Inception from TensorFlow." },
          { value: "0-255", title: "0 to 255" },
          { value: "imagenet", title: "ImageNet mean and deviation", help: "torchvision's models, and most of the ONNX model zoo." },
        ],
      },
      { name: "reversed", title: "Blue first", kind: "boolean", default: false, help: "The network was trained on BGR, as OpenCV and Caffe read pictures.", ...shown },
      { name: "pin", title: "Pinned to", kind: "text", default: "", help: "The id of the network that the graph was made with (onnx-…): another file is then refused. Empty takes any.", ...shown },
    ],
  };
}

type NetworkFacts = Extract<FileFacts, { kind: "network" }>;

/** What is known of the file, or the mistake. `undefined`: nothing yet, and nothing wrong. */
export function factsOf(params: ParamValues, facts: Facts): { known?: NetworkFacts; mistake?: { code: string; message: string; param: string } } {
  const file = params["file"] as string;
  const pin = (params["pin"] as string | undefined) ?? "";
  if (file === "") return { mistake: { code: "no-file", message: `No network file is chosen${pin ? `; the graph was made with ${pin}` : ""}.`, param: "file" } };
  const known = facts[file];
  if (known?.kind === "missing")
    return { mistake: { code: "file-missing", message: `${known.reason}${pin ? ` The graph was made with the network ${pin}: put that file at “${file}”, beside the graph, or choose where it is.` : ""}`, param: "file" } };
  if (known && known.kind !== "network") return { mistake: { code: "file-not-network", message: `${nameOf(file)} is not a network but a ${known.kind}.`, param: "file" } };
  if (known && pin && known.network !== pin) return { mistake: { code: "network-changed", message: wrongPin(file, known.network, pin), param: "pin" } };
  return known ? { known } : {};
}

/** Embedded files have no name that is worth reading. */
const nameOf = (file: string): string => (file.startsWith("data:") ? "The embedded file" : `“${file}”`);

const wrongPin = (file: string, found: string, pin: string): string => `${nameOf(file)} is the network ${found}, and the graph was made with ${pin}. Put that file there, or clear “Pinned to” to take this one; encodings and thresholds of the other do not fit it.`;

/** Lengths that are open become symbols of the node; the batch is `rows`. */
export function dimsOf(shape: readonly (number | null)[] | null | undefined, rows: Dim, node: string): Dim[] | null {
  if (!shape) return null;
  const letters = ["", "H", "W", "D", "E"];
  return shape.map((d, i) => (i === 0 ? rows : (d ?? freshDim(letters[i] ?? "X", node))));
}

/** `params` say how the file is read, which its id tells. */
export function networkType(known: NetworkFacts, params: ParamValues, meaning: Meaning | undefined): NetworkType {
  const result = (params["result"] as string | undefined) ?? "";
  const output = result === "" ? known.output : (known.layers.find((l) => l.name === result)?.shape ?? null);
  return {
    kind: "network",
    network: readNetworkId(known.network, params as NetworkIdentity),
    input: known.input ? ["N", ...known.input.slice(1).map((d, i) => d ?? ["H", "W", "D"][i] ?? "X")] : null,
    output: output ? ["N", ...output.slice(1).map((d, i) => d ?? ["H", "W", "D"][i] ?? "X")] : null,
    ...(meaning ? { meaning } : {}),
    layers: known.layers,
    ...(known.opaque === null ? {} : { opaque: known.opaque }),
  };
}

/** The network in the node's file. Throws NodeFailure for files that are missing, damaged, or another network than the pinned one. */
export async function networkFromFile({ params, host, readFile }: Pick<PrepareContext, "params" | "host" | "readFile">, reading: Partial<NetworkReading> = {}): Promise<NetworkValue> {
  const { name, bytes } = await readFile("file");
  const reference = typeof params["file"] === "string" ? params["file"] : "";
  const network = await readNetworkFiles(name, bytes, (beside) => host.readFile(siblingOf(reference, beside)), {
    scaling: params["scaling"] as Scaling,
    reversed: params["reversed"] === true,
    ...reading,
  });
  const pin = params["pin"];
  const hash = hashOfNetwork(network.network);
  if (typeof pin === "string" && pin !== "" && pin !== hash) throw new NodeFailure("network-changed", wrongPin(name, hash, pin), { param: "pin" });
  return network;
}

/** `describeFile` of nodes with these parameters; the importer loads only when a file is there. */
export async function describeNetworkFile(name: string, bytes: Uint8Array, readBeside: (name: string) => Promise<Uint8Array>): Promise<FileFacts> {
  const { networkFacts, readNetworkFiles } = await import("@patchbay/runtime/networks");
  return networkFacts(await readNetworkFiles(name, bytes, readBeside, { scaling: "0-1" }));
}

/**
 * Runs a network that cannot be written as IR as a whole in ONNX Runtime: `x` `[N,…,C]` → its result, channels last.
 * Throws NodeFailure `network-unsafe` where it could run forever, and `network-shape` for what it does not take.
 */
export async function runWhole(context: Pick<EvaluateContext, "compute" | "runOnnx">, network: NetworkValue, x: TensorData): Promise<TensorData> {
  const source = openNetwork(network);
  if (source.unsafe !== null) throw new NodeFailure("network-unsafe", `${network.title} is not run. ${source.unsafe}`);
  if (network.format !== "onnx") throw new NodeFailure("network-opaque", `${network.title} cannot be run. ${source.opaque ?? ""}`);
  const { fitted } = await context.compute(`fit|${JSON.stringify(network.input)}`, { x }, (b, { x: value }) => ({ fitted: fitInput(b, network, value!) }));
  const n = fitted!.shape[0]!;
  const batch = source.inputs[0]!.shape[0] ?? n;
  if (n % batch) throw new NodeFailure("network-shape", `${network.title} takes ${batch} examples at a time, and ${n} arrived.`);
  const each = fitted!.data.length / n;
  const parts: TensorData[] = [];
  for (let i = 0; i < n; i += batch) {
    const data = (fitted!.data as Float32Array).slice(i * each, (i + batch) * each);
    const outputs = await context.runOnnx(network.files[0]!.bytes, { [network.input.name]: float32([batch, ...fitted!.shape.slice(1)], data) });
    const result = outputs[network.output];
    if (!result || result.dtype !== "float32" || result.shape[0] !== batch)
      throw new NodeFailure("network-shape", `The output “${network.output}” of ${network.title}, ${result ? `${result.dtype}[${result.shape}]` : "which is not there"}, is no list of numbers for each of ${batch} examples.`);
    parts.push(result);
  }
  const all = new Float32Array(parts.reduce((sum, p) => sum + p.data.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p.data as Float32Array, at);
    at += p.data.length;
  }
  const whole = float32([n, ...parts[0]!.shape.slice(1)], all);
  if (network.input.layout === "channels-last" || whole.shape.length < 3) return whole;
  const { last } = await context.compute("last", { whole }, (b, { whole: value }) => ({ last: b.channelsLast(value!) }));
  return last!;
}

/** The names of the weights from the last `count` layers with weights on: those that a Trainer changes. */
export function lastWeights(weights: Iterable<readonly [string, Pick<TensorData, "shape">]>, count: number): ReadonlySet<string> {
  const all = [...weights];
  const matrices = all.flatMap(([, { shape }], i) => (shape.length >= 2 ? [i] : []));
  if (count <= 0 || !matrices.length) return new Set();
  return new Set(all.slice(matrices.at(-Math.min(count, matrices.length))!).map(([name]) => name));
}

/** A wire's network, where its type says anything. */
export const networkTypeOf = (type: PortType | undefined): NetworkType | undefined => (type?.kind === "network" ? type : undefined);
