/** Runs an encoder that arrives as an ONNX file: fits pictures to its input, and its output to one row for each picture. */
import { float32, NodeFailure, type EvaluateContext, type TensorData } from "@patchbay/runtime/node-api";

/** How numbers of a picture, 0…1, become the numbers that a network was trained on. */
export type Scaling = "0-1" | "-1-1" | "0-255";
const SCALINGS: { readonly [name in Scaling]: { times: number; plus: number } } = {
  "0-1": { times: 1, plus: 0 },
  "-1-1": { times: 2, plus: -1 },
  "0-255": { times: 255, plus: 0 },
};

type OnnxPort = Awaited<ReturnType<EvaluateContext["describeOnnx"]>>["inputs"][number];

interface PictureInput {
  name: string;
  channelsLast: boolean;
  height: number | null;
  width: number | null;
  batch: number | null;
}

/** The one input that takes RGB pictures; throws NodeFailure `onnx-not-encoder` where there is none. */
export function pictureInput(inputs: readonly OnnxPort[]): PictureInput {
  const [port, second] = inputs;
  const shape = port?.shape ?? [];
  const channelsFirst = shape.length === 4 && shape[1] === 3;
  const channelsLast = shape.length === 4 && !channelsFirst && shape[3] === 3;
  if (!port || second || port.dtype !== "float32" || !(channelsFirst || channelsLast))
    throw new NodeFailure("onnx-not-encoder", `This ONNX file is no encoder of pictures: it should have one float32 input [N,3,H,W] or [N,H,W,3], and has ${inputs.map((i) => `${i.name}: ${i.dtype}[${i.shape.map((d) => d ?? "?")}]`).join(", ") || "none"}.`, { param: "file" });
  const [batch, h, w] = channelsFirst ? [shape[0]!, shape[2]!, shape[3]!] : [shape[0]!, shape[1]!, shape[2]!];
  return { name: port.name, channelsLast, batch, height: h, width: w };
}

/** `images` `[N,H,W,3]` in 0…1 → `[N,n]`: the file's first output, flattened. */
export async function encodeWithOnnx(context: Pick<EvaluateContext, "compute" | "runOnnx" | "describeOnnx">, bytes: Uint8Array, images: TensorData, scaling: Scaling): Promise<TensorData> {
  const { inputs, outputs } = await context.describeOnnx(bytes);
  const port = pictureInput(inputs);
  const output = outputs[0]?.name;
  if (output === undefined) throw new NodeFailure("onnx-not-encoder", "This ONNX file has no output.", { param: "file" });
  const [n, h, w] = images.shape as [number, number, number];
  const size = [port.height ?? h, port.width ?? w];
  const { times, plus } = SCALINGS[scaling];
  const { fitted } = await context.compute(`fit|${size}|${port.channelsLast}|${scaling}`, { images }, (b, { images: x }) => {
    const resized = b.resize(b.channelsFirst(x!), size);
    const scaled = b.add(b.mul(resized, times), plus);
    return { fitted: port.channelsLast ? b.channelsLast(scaled) : scaled };
  });
  const batch = port.batch ?? n;
  if (n % batch) throw new NodeFailure("onnx-batch", `This ONNX file takes ${batch} pictures at a time, and ${n} arrived.`, { param: "file" });
  const each = fitted!.data.length / n;
  const parts: TensorData[] = [];
  for (let i = 0; i < n; i += batch) {
    const data = (fitted!.data as Float32Array).slice(i * each, (i + batch) * each);
    const result = (await context.runOnnx(bytes, { [port.name]: float32([batch, ...fitted!.shape.slice(1)], data) }))[output]!;
    if (result.dtype !== "float32" || result.data.length % batch) throw new NodeFailure("onnx-not-encoder", `The output of this ONNX file, ${result.dtype}[${result.shape}], is no list of numbers for each of ${batch} pictures.`, { param: "file" });
    parts.push(result);
  }
  const width = parts[0]!.data.length / batch;
  const all = new Float32Array(n * width);
  parts.forEach((p, i) => all.set(p.data, i * batch * width));
  return float32([n, width], all);
}
