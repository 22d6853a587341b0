/** How the losses of examples become one number: the port of weights and the parameter that losses share. */
import type { ChoiceParam, InputPort, ParamValues } from "@patchbay/graph-core";
import type { Builder, Value } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";

export const REDUCTION: ChoiceParam = {
  name: "reduction", title: "Reduction", kind: "choice", default: "mean", help: "How the losses become one number.",
  choices: [{ value: "mean", title: "Mean", help: "Does not grow with the batch." }, { value: "sum", title: "Sum" }],
};

export const weightsPort = (what: string): InputPort => ({ name: "weights", doc: `How much each ${what} counts; all count 1 where nothing is connected, and 0 leaves one out.`, type: tensorType(["N"]), optional: true });

/** `losses` `[N]` weighted, and their sum, or their mean over the sum of weights (0 where nothing counts). */
export function reduced(b: Builder, losses: Value, weights: Value | undefined, params: ParamValues): { loss: Value; losses: Value } {
  const counted = weights ? b.mul(losses, weights) : losses;
  if (params["reduction"] !== "mean") return { loss: b.sum(counted), losses: counted };
  if (!weights) return { loss: b.mean(counted), losses };
  const total = b.sum(weights);
  return { loss: b.div(b.sum(counted), b.select(b.gt(total, 0), total, 1)), losses: counted };
}
