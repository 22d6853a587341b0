/** Learns: changes the trainable weights upstream until the loss is small, batch after batch. */
import type { NetworkType, PortType, TensorType } from "@patchbay/graph-core";
import { defineNode, type TableValue, type TrainOptions, type TrainResult } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, LOSS, mistake } from "../port-types.ts";
import { heldOutMetrics, type Validation } from "./held-out-metrics.ts";

export const trainer = defineNode({
  type: "Trainer",
  version: 1,
  title: "Trainer",
  group: "Learning",
  doc: "Minimises a loss over the trainable weights upstream of it, and nothing else, with a new batch at every step. What has been learned is measured on the examples that are held out, with the same drawing as far as “predictions”; the weights with the smallest first metric are kept, and come out as a network. It can be stopped, and hands on what it has; a checkpoint of it goes on where it was.",
  formula: String.raw`g_t = \nabla_w J + \lambda w,\quad w := w - \eta_t\,g_t \ \text{(SGD)},\quad v := \mu v + g_t,\ w := w - \eta_t v \ \text{(momentum)},\quad w := w - \eta_t\,\frac{\hat m_t}{\sqrt{\hat v_t}+\varepsilon} \ \text{(Adam)}`,
  source: "Adam: Kingma & Ba, arXiv 1412.6980; momentum and weight decay in the form of PyTorch's SGD; warm-up: Goyal et al., arXiv 1706.02677; cosine: Loshchilov & Hutter, arXiv 1608.03983",
  synonyms: ["train", "learn", "fit", "optimise", "SGD", "Adam", "momentum", "epochs", "learning rate", "early stopping", "checkpoint"],
  role: "trainer",
  inputs: [
    { name: "loss", doc: "What is minimised; batches and trainable layers must lie upstream.", type: LOSS, traced: true },
    { name: "predictions", doc: "What the network gives, one row an example: validated, and the end of the network that is handed on.", type: ANY_TENSOR, traced: true, optional: true },
    { name: "input", doc: "Where the network begins that is handed on; the examples of the batch where nothing is connected.", type: ANY_TENSOR, traced: true, optional: true },
  ],
  outputs: [
    { name: "network", doc: "The trained network, from the examples to the predictions, for any number of examples.", type: { kind: "network", input: null, output: null, layers: [] } },
    { name: "losses", doc: "Every term of the loss, step by step.", type: { kind: "series" } },
    { name: "validation", doc: "Metrics of the held-out examples, and what the batches count, validation by validation.", type: { kind: "series" } },
    { name: "report", doc: "The weights that were kept: their step and metrics, and why the training ended.", type: { kind: "table" } },
  ],
  params: [
    {
      name: "method", title: "Method", kind: "choice", default: "adam", help: "How a gradient becomes a step.",
      choices: [
        { value: "adam", title: "Adam", help: "Each weight has its own step size: robust." },
        { value: "momentum", title: "SGD with momentum", help: "Gradient descent with a running mean." },
        { value: "gradient-descent", title: "SGD", help: "The plain formula." },
      ],
    },
    { name: "learningRate", title: "Learning rate η", kind: "number", default: 0.001, min: 1e-8, max: 1000, scale: "log", help: "Size of a step: about 0.001 for Adam, 0.01–0.1 for SGD." },
    { name: "momentum", title: "Momentum μ", kind: "number", default: 0.9, min: 0, max: 0.999, step: 0.01, help: "Share of the last step that goes on.", visibleWhen: { param: "method", equals: ["momentum"] } },
    { name: "weightDecay", title: "Weight decay λ", kind: "number", default: 0, min: 0, max: 10, step: 0.0001, help: "Pulls every weight towards 0: λ·w is added to its gradient." },
    { name: "steps", title: "Steps", kind: "number", default: 500, min: 1, max: 1_000_000, integer: true, unit: "steps", help: "One batch each." },
    {
      name: "schedule", title: "Schedule", kind: "choice", default: "constant", help: "How the learning rate changes.",
      choices: [{ value: "constant", title: "Constant" }, { value: "step", title: "Steps", help: "A tenth of it every so many steps." }, { value: "cosine", title: "Cosine", help: "Falls to 0 at the last step." }],
    },
    { name: "stepEvery", title: "Falls every", kind: "number", default: 200, min: 1, max: 1_000_000, integer: true, unit: "steps", help: "After so many steps it is a tenth.", visibleWhen: { param: "schedule", equals: ["step"] } },
    { name: "warmup", title: "Warm-up", kind: "number", default: 0, min: 0, max: 100_000, integer: true, unit: "steps", help: "Steps over which the learning rate rises from 0." },
    {
      name: "validate", title: "Validate", kind: "choice", default: "none", help: "What the predictions are, and so how they are measured on the held-out examples.",
      choices: [
        { value: "none", title: "Not at all", help: "The weights after the last step are kept." },
        { value: "verification", title: "Encodings", help: "EER and AUC of all pairs of held-out examples, by Euclidean distance." },
        { value: "classification", title: "Classes", help: "One number a class: error rate, accuracy and cross-entropy." },
        { value: "binary", title: "Yes or no", help: "One number a row that is larger for “same”: EER and AUC." },
      ],
    },
    { name: "validateEvery", title: "Every", kind: "number", default: 50, min: 1, max: 1_000_000, integer: true, unit: "steps", help: "How often the held-out examples are looked at; besides after the last step.", visibleWhen: { param: "validate", equals: ["verification", "classification", "binary"] } },
    { name: "patience", title: "Patience", kind: "number", default: 0, min: 0, max: 10_000, integer: true, unit: "validations", help: "Stops when the first metric has not improved in so many validations; 0 never does.", visibleWhen: { param: "validate", equals: ["verification", "classification", "binary"] } },
  ],
  infer({ inputs, params, fed, outputs }) {
    const { predictions, input } = inputs;
    const network: NetworkType = {
      ...(outputs["network"] as NetworkType),
      input: batched(input ?? fed),
      output: batched(predictions),
      ...(params["validate"] === "verification" ? { meaning: "encoding" } : predictions?.kind === "tensor" && predictions.meaning ? { meaning: predictions.meaning } : {}),
    };
    const unseen = params["validate"] !== "none" && !predictions;
    if (params["validate"] === "binary" && predictions?.kind === "tensor" && predictions.meaning === "distance")
      return { ...mistake([], "distance-falls", "“Yes or no” measures a number that is larger for “same”, and a distance is smaller: the worst weights would be kept. Connect the encodings and validate “Encodings”, or a verifier's score.", { param: "validate" }), outputs: { network } };
    return {
      outputs: { network },
      ...(unseen ? { diagnostics: [{ code: "no-predictions", severity: "warning", param: "validate", message: "Nothing can be validated while nothing is connected to “predictions”." }] } : {}),
    };
  },
  async train({ params, train }) {
    const { validate, ...options } = params as unknown as TrainOptions & { validate: Validation };
    const metrics = heldOutMetrics(validate);
    const { network, losses, validation, summary } = await train({ ...options, validateEvery: metrics ? options.validateEvery : 0, ...(metrics ? { metrics } : {}), ofExamples: validate === "verification" || validate === "classification", ...(validate === "verification" ? { meaning: "encoding" } : {}) });
    return { ...(network ? { network } : {}), losses, validation, report: report(summary) };
  },
});

/** The shape with the batch open. */
const batched = (type: PortType | undefined): TensorType["shape"] => (type?.kind === "tensor" && type.shape?.length ? ["N", ...type.shape.slice(1)] : null);

const report = ({ metrics, step, steps, ended }: TrainResult["summary"]): TableValue => ({
  kind: "table",
  columns: ["", "value"],
  rows: [["kept weights of step", step], ["steps", steps], ["ended", ended], ...Object.entries(metrics)],
});
