/** The trained network as a value: what lies between the batch and the predictions, with the weights that were kept, as an ONNX file. */
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import { sizeOf, type TensorData } from "../ir/tensor.ts";
import { isActivations } from "../node-api/node.ts";
import type { NetworkValue } from "../node-api/values.ts";
import { MixesBatch, programsToBatchedOnnx } from "../onnx/batched-onnx.ts";
import { networkId } from "../networks/network-value.ts";
import { optimise } from "../passes/index.ts";
import { UnreadValue, type Drawing } from "./drawing.ts";
import type { WeightPlace } from "./step-program.ts";

export interface NetworkWords {
  title: string;
  meaning?: NetworkValue["meaning"];
  classes?: readonly string[];
}

const [INPUT, OUTPUT] = ["input", "output"];

/** A sentence where the drawing holds no such network. */
export type NoNetwork = { readonly why: string };

/** Each piece of the flat vector by the name of its weight. */
export const namedWeights = (params: TensorData, layout: readonly WeightPlace[]): Map<string, TensorData> =>
  new Map(layout.map(({ name, shape, at }) => [name, { dtype: "float32" as const, shape, data: params.data.slice(at, at + sizeOf(shape)) }]));

/**
 * From `begin` (`node.port`; by default what the feed gives first) to what arrives at the trainer's `predictions`.
 *
 * @param example the shape of what enters, the batch included
 */
export function trainedNetwork(drawing: Drawing, begin: string, example: readonly number[], weights: ReadonlyMap<string, TensorData>, words: NetworkWords): NetworkValue | NoNetwork {
  const end = drawing.region.ends["predictions"];
  if (!end) return { why: "Nothing is connected to “predictions”, so there is no network to hand on: connect what the network gives." };
  const key = `${end.node}.${end.port}`;
  // Frozen layers keep their names in the file too.
  const all = new Map(weights);
  const at = (examples: number): Program => {
    const b = new Builder();
    const input = b.input(INPUT!, { dtype: "float32", shape: [examples, ...example.slice(1)] });
    const declared = new Map<string, Value>();
    const written = drawing.write(
      b,
      {
        instead: { [begin]: input },
        value: (name) => (drawing.still[name] ? b.constant(drawing.still[name]) : undefined),
        weight(name, start) {
          if (!all.has(name)) all.set(name, start);
          const known = declared.get(name) ?? b.input(name, all.get(name)!);
          declared.set(name, known);
          return known;
        },
      },
      [key],
    );
    const value = written.at(key);
    if (!value || isActivations(value)) throw new MixesBatch("the predictions are no tensor");
    return optimise(b.build({ [OUTPUT!]: value }));
  };
  try {
    const bytes = programsToBatchedOnnx(at, { weights: all, batch: INPUT!, name: words.title.replace(/\W+/g, "_"), docString: words.title });
    const files = [{ name: `${words.title.replace(/[^\w-]+/g, "-")}.onnx`, bytes }];
    return {
      kind: "network", network: networkId("onnx", files), title: words.title, format: "onnx", files, output: OUTPUT!,
      input: { name: INPUT!, layout: "channels-last", shape: example.slice(1), times: [1], plus: [0] },
      ...(words.meaning ? { meaning: words.meaning } : {}),
      ...(words.classes ? { classes: words.classes } : {}),
    };
  } catch (error) {
    if (error instanceof UnreadValue) return { why: `The predictions also read “${error.value}” of the batch, and a network takes one input. Connect “input” where the network begins, behind where those come together.` };
    if (error instanceof MixesBatch) return { why: `The predictions for one example depend on the others of its batch, so there is no network to hand on: ${error.message}.` };
    throw error;
  }
}
